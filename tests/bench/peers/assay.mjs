// Assay as a side: a store made of tidy rows, and the outcomes of a run read back from its CSV.
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { as_at, known_on } from './sql/names.mjs';

const root = process.env.ASSAY_ROOT;
const program = `${root}/build/assay`;
const rules = `${root}/tests/bench/peers/rules`;
const beside = ['', '-wal', '-shm', '.cache'];

export const remove = (store) => beside.forEach((end) => rmSync(store + end, { force: true }));
export const bytes_of = (store) =>
  beside.reduce((sum, end) => sum + (existsSync(store + end) ? statSync(store + end).size : 0), 0);

// On the disk before the clock runs, or the first wait for the disk would write the whole copy too.
export function copy(from, to) {
  remove(to);
  for (const end of beside) {
    if (!existsSync(from + end)) continue;
    copyFileSync(from + end, to + end);
    const copied = openSync(to + end, 'r+');
    fsyncSync(copied);
    closeSync(copied);
  }
}

const assay = (words, output = 'ignore') =>
  execFileSync(program, words, { stdio: ['ignore', output, 'inherit'], encoding: 'utf8', maxBuffer: 1 << 30 });

export function make_store(store, file) {
  remove(store);
  assay(['init', store]);
  assay(['import', store, file, '--layout', 'tidy', '--rules', rules, '--by', 'bench']);
}

// The seconds and most megabytes of the whole process, from its start to all committed in the trail.
function measured(words) {
  const printed = execFileSync(`${root}/build/tests/bench/bench_measure`, [program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const [seconds, megabytes] = printed.trim().split(' ');
  return { seconds, megabytes };
}

// subject -> rule -> { status, value, low, high }.
export function outcomes(store) {
  const [heading, ...lines] = assay(
    ['run', store, '--rules', rules, '--as-at', as_at, '--known-on', known_on, '--format', 'csv', '--no-trail'],
    'pipe',
  )
    .trim()
    .split('\n');
  const at = Object.fromEntries(heading.split(',').map((name, i) => [name, i]));
  const found = new Map();
  for (const line of lines) {
    const cells = line.split(',');
    const [subject, rule] = [cells[at.subject], cells[at.rule].split('.').at(-1)];
    if (!found.has(subject)) found.set(subject, {});
    found.get(subject)[rule] = {
      status: cells[at.status],
      value: cells[at.value],
      low: cells[at.low],
      high: cells[at.high],
    };
  }
  return found;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [workload, subjects, folder, name] = process.argv.slice(2);
  if (workload === 'import') {
    const store = `${folder}/import.assaydb`;
    remove(store);
    assay(['init', store]);
    const { seconds, megabytes } = measured([
      'import',
      store,
      `${folder}/rows.csv`,
      '--layout',
      'tidy',
      '--rules',
      rules,
      '--by',
      'bench',
    ]);
    console.log(`import ${seconds} ${subjects} ${megabytes}\nbytes ${bytes_of(store)}`);
  } else if (workload === 'store') {
    make_store(`${folder}/rows.assaydb`, `${folder}/${name}.csv`);
  } else {
    // A copy each time: a second run of the same store would find its outcomes already made.
    copy(`${folder}/rows.assaydb`, `${folder}/once.assaydb`);
    const once = `${folder}/once.assaydb`;
    // The rules of the question, and no more.
    const { seconds, megabytes } = measured([
      'run',
      '--packed',
      once,
      '--rules',
      `${rules}/${workload === 'rows' ? 'cqc' : 'oversight'}.assay`,
      '--as-at',
      as_at,
      '--known-on',
      known_on,
      '--by',
      'bench',
    ]);
    console.log(`${workload} ${seconds} ${subjects} ${megabytes}`);
    remove(once);
  }
}
