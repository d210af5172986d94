// SQLite as a side of the measurement, through its own program:  node sqlite.mjs WORKLOAD SUBJECTS FOLDER
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { metrics, scores } from './sql/names.mjs';
import { sqlite_form as cqc } from './sql/cqc.mjs';
import { sqlite_form as links } from './sql/links.mjs';
import { sqlite_form as oversight } from './sql/oversight.mjs';

const forms = { cqc, cqc_complete: cqc, oversight, oversight_many: oversight, links };
const columns = {
  cqc: ['subject', ...scores],
  cqc_complete: ['subject', ...scores],
  oversight: ['subject', 'kind', ...metrics, 'deficit'],
  oversight_many: ['subject', 'kind', ...metrics, 'deficit'],
  links: ['system', 'subject'],
};

export function sqlite3(file, text) {
  return execFileSync('sqlite3', ['-bail', file], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
}

// The generated CSV once, as SQLite's own file. `.import` knows only text, so an empty field becomes null here.
function prepare_wide(folder) {
  for (const [name, names] of Object.entries(columns)) {
    const typed = names.map((column) => `cast(nullif(${column}, '') as integer) as ${column}`).join(', ');
    sqlite3(
      `${folder}/wide.sqlite`,
      `pragma journal_mode = off;\npragma synchronous = off;
.import --csv ${folder}/${name}.csv raw
create table ${name}(${names.map((column) => `${column} integer`).join(', ')});
insert into ${name} select ${typed} from raw;
drop table raw;
`,
    );
  }
}

const answers = {
  cqc: `select grade_low, grade_high, flag, count(*), sum(low), sum(high) from outcome group by 1, 2, 3
    order by 1, 2, 3`,
  oversight: `select final_low, final_high, count(*), sum(low), sum(high) from outcome group by 1, 2 order by 1, 2`,
  links: 'select count(*), sum(low), sum(high), sum(missing) from outcome',
};
answers.cqc_complete = answers.cqc;
answers.oversight_many = answers.oversight;

// Each query reads a table of its workload's plain name: cqc for cqc_complete, oversight for oversight_many.
const plain_name = (name) => name.split('_')[0];

function in_memory(workload, subjects, folder) {
  const wanted = workload === 'links' ? ['links', 'cqc'] : [workload];
  const copies =
    wanted.map((name) => `create table ${plain_name(name)} as select * from stored.${name};`).join('\n') +
    (workload === 'links' ? '\ncreate unique index key on cqc(subject);' : '');
  const said = sqlite3(
    ':memory:',
    `attach '${folder}/wide.sqlite' as stored;\n${copies}\n.timer on
create table outcome as ${forms[workload]};\n.timer off\n.mode csv\n${answers[workload]};\n`,
  );
  const seconds = /Run Time: real ([0-9.]+)/.exec(said)[1];
  console.log(`${workload} ${seconds} ${subjects}`);
  console.log(`answer ${workload} ${said.trim().split(/\r?\n/).slice(1).join(' ')}`);
}

function import_csv(subjects, folder) {
  rmSync(`${folder}/import.sqlite`, { force: true });
  const begin = performance.now();
  sqlite3(
    `${folder}/import.sqlite`,
    `create table evidence(subject text, field text, value text, valid_from text,
  source text, document text, place text, recorded_on text);
create index evidence_cell on evidence(subject, field);
.import --csv --skip 1 ${folder}/rows.csv evidence
`,
  );
  console.log(`import ${(performance.now() - begin) / 1000} ${subjects}`);
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [workload, subjects, folder] = process.argv.slice(2);
  if (workload === 'prepare') prepare_wide(folder);
  else if (workload === 'import') import_csv(subjects, folder);
  else in_memory(workload, subjects, folder);
}
