// Measures the programs that people would otherwise use beside Assay, on the same data in the same run, and prints
// ratios. Called by ./run, which installs and builds what this needs.
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { find_columns, measure_evaluation } from './evaluate.mjs';
import { check_agreement, measure_import, measure_rows, measure_trusts } from './store.mjs';
import { measure_missing } from './missing.mjs';
import { say } from './rounds.mjs';
import * as tables from './tables.mjs';

const full_size = 4000000;
const full_observations = 20000000;
const parts = ['agree', 'evaluate', 'rows', 'trusts', 'import', 'missing'];

const help = 'tests/bench/run peers --help says how\n';

function read_options(root) {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        sizes: { type: 'string', default: `1000,10000,100000,1000000,${full_size}` },
        observations: { type: 'string', default: String(full_observations) },
        trusts: { type: 'string', default: '200000' },
        rounds: { type: 'string', default: '5' },
        only: { type: 'string', default: parts.join(',') },
        columns: { type: 'string' },
        record: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    process.stderr.write(`peers: ${error.message}\n${help}`);
    process.exit(2);
  }
  const whole = (text) => Number(text);
  const options = {
    sizes: values.sizes.split(',').map(whole),
    observations: whole(values.observations),
    trusts: whole(values.trusts),
    rounds: whole(values.rounds),
    only: values.only.split(','),
    record: values.record,
    columns: find_columns(root, values.columns),
    generate: `${root}/build/tests/bench/bench_generate`,
  };
  const counts = [...options.sizes, options.observations, options.trusts, options.rounds];
  const known = options.only.every((part) => parts.includes(part));
  if (!known || counts.some((count) => !Number.isInteger(count) || count < 1)) {
    process.stderr.write(`peers: a part that is not there, or a number that is none\n${help}`);
    process.exit(2);
  }
  return options;
}

function machine(folder) {
  const first = (program, ...words) => execFileSync(program, words, { encoding: 'utf8' }).split('\n')[0].trim();
  const lock = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8')).packages;
  const npm = [
    '@duckdb/node-api',
    '@gorules/zen-engine',
    'json-rules-engine',
    '@marcbachmann/cel-js',
    '@cedar-policy/cedar-wasm',
  ].map((name) => `${name} ${lock[`node_modules/${name}`].version}`);
  const clips = first('dpkg-query', '-W', '-f', '${Version}', 'clips');
  return (
    `${cpus().length} cores of ${cpus()[0].model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB of memory; ` +
    `Node ${process.versions.node}, SQLite ${first('sqlite3', '--version').split(' ')[0]}, ${npm.join(', ')}, ` +
    `${first('clingo', '--version')}, CLIPS ${clips}, ${first('swipl', '--version')}`
  );
}

async function measure(place, options) {
  const sections = [];
  const all = [];
  if (options.only.includes('agree')) {
    say('do the sides agree?');
    sections.push(['The same answers', await check_agreement(place, options)]);
  }
  if (options.only.includes('evaluate')) {
    const results = await measure_evaluation(place, options);
    all.push(...results);
    sections.push(
      ['Evaluation alone, 7% of values missing', tables.evaluation(results, full_size)],
      ['Cost against size', tables.growth(results)],
    );
  }
  const full = options.observations >= full_observations;
  if (options.only.includes('rows')) {
    const results = await measure_rows(place, options);
    all.push(...results);
    sections.push([
      `From ${options.observations.toLocaleString('en-GB')} observations to outcomes, fresh processes`,
      tables.rows(results, full),
    ]);
  }
  if (options.only.includes('trusts')) {
    const results = await measure_trusts(place, options);
    all.push(...results);
    sections.push([
      `The oversight method from a store of ${options.trusts.toLocaleString('en-GB')} trusts, fresh processes`,
      tables.rows(results, false),
    ]);
  }
  if (options.only.includes('import')) {
    sections.push(['Import', tables.imports(await measure_import(place, options), full)]);
  }
  if (options.only.includes('missing')) {
    say('correctness where evidence is missing');
    const { method, ranks, subjects, trusts } = await measure_missing(place);
    sections.push(
      [`Missing evidence: rating and flag of ${subjects.toLocaleString('en-GB')} subjects`, tables.missing(method)],
      [`Missing evidence: quartile among peers of ${trusts} trusts`, tables.missing(ranks)],
    );
  }
  if (all.length > 0) sections.push(['Forms of SQL tried', tables.forms(all)]);
  return sections
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `### ${title}\n\n${text}`)
    .join('\n');
}

const [root, place] = [process.env.ASSAY_ROOT, process.env.ASSAY_PLACE];
const options = read_options(root);
const begin = performance.now();
const text = await measure(place, options);
process.stdout.write(`${text}\n`);
const title =
  `## ${new Date().toISOString().slice(0, 10)}, beside other programs\n\n${machine(process.cwd())}; ` +
  `${((performance.now() - begin) / 60000).toFixed(0)} minutes\n`;
process.stdout.write(title.split('\n').slice(2).join('\n'));
if (options.record) appendFileSync(`${root}/docs/bench.md`, `\n${title}\n${text}`);
if (text.includes('MISSED')) process.exitCode = 1;
