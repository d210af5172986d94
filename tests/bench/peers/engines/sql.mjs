// SQL as people write it where scores are missing: four ways, the same text for DuckDB and SQLite. Only for
// correctness; what is measured for speed gives ranges (sql/cqc.mjs).
import { bands, scores } from '../sql/names.mjs';
import { open } from '../duckdb.mjs';
import { sqlite3 } from '../sqlite.mjs';
import { cells } from './process.mjs';

const cases = (otherwise) => `case ${bands.map(([least, name]) => `when percent >= ${least} then '${name}'`).join(' ')}
  ${otherwise} end`;
const percent = (sum) => `(${sum} * 100 + 35 - (${sum} * 100 + 35) % 36) / 36`;
const wide = (field, otherwise, flag) => `select subject, ${cases(otherwise)} as grade, ${flag} as flag
  from (select *, ${percent('sum')} as percent from (select *, ${scores.map(field).join(' + ')} as sum from cqc))`;
const any = (field) => scores.map((name) => `${field(name)} = 1`).join(' or ');
const plain = (name) => name;
const zero = (name) => `coalesce(${name}, 0)`;

const ways = [
  [
    'null kept, every band written',
    'unknown stays null in `+`, `or` and `case`',
    wide(
      plain,
      `when percent >= 25 then 'inadequate'`,
      `case when ${any(plain)} then 1 when not (${any(plain)}) then 0 end`,
    ),
  ],
  [
    '`case ... else`, `where`',
    'the last band by else, those not selected clear',
    wide(
      plain,
      `else 'inadequate'`,
      `case when subject in (select subject from cqc where ${any(plain)}) then 1 else 0 end`,
    ),
  ],
  [
    'coalesce(score, 0)',
    'missing read as 0',
    wide(zero, `else 'inadequate'`, `case when ${any(zero)} then 1 else 0 end`),
  ],
  [
    'sum() over rows',
    'aggregates pass nulls and absent rows over',
    `select subject, ${cases(`else 'inadequate'`)} as grade, flag
    from (select subject, ${percent('sum')} as percent, flag from (select subject, sum(value) as sum,
      max(case when value = 1 then 1 else 0 end) as flag from score group by subject))`,
  ],
];

function tables(subjects) {
  const rows = subjects.map((subject, at) => `(${[at, ...scores.map((name) => subject[name] ?? 'null')].join(',')})`);
  return [
    `create table cqc(subject integer, ${scores.map((name) => `${name} integer`).join(', ')})`,
    `insert into cqc values ${rows.join(',')}`,
    'create table score(subject integer, field text, value integer)',
    `insert into score values ${cells(subjects)
      .map(([at, field, value]) => `(${at},'${field}',${value})`)
      .join(',')}`,
  ];
}

async function ask_duckdb(subjects, query) {
  const connection = await open(':memory:');
  for (const statement of tables(subjects)) await connection.run(statement);
  return (await connection.runAndReadAll(query)).getRows().map(([at, grade, flag]) => [Number(at), grade, flag]);
}

async function ask_sqlite(subjects, query) {
  const printed = sqlite3(':memory:', `${tables(subjects).join(';\n')};\n.mode list\n.nullvalue -\n${query};\n`);
  return printed
    .trim()
    .split(/\r?\n/)
    .map((line) => {
      const [at, grade, flag] = line.split('|');
      return [Number(at), grade === '-' ? null : grade, flag === '-' ? null : Number(flag)];
    });
}

const encodings_by = (ask) =>
  ways.map(([name, says, query]) => ({
    name,
    says,
    async decide(subjects) {
      const verdicts = subjects.map(() => ({ grade: null, flag: null }));
      for (const [at, grade, flag] of await ask(subjects, query)) {
        verdicts[at] = { grade, flag: flag === null ? null : Number(flag) === 1 };
      }
      return { verdicts, seconds: Number.NaN };
    },
  }));

export const duckdb = encodings_by(ask_duckdb);
export const sqlite = encodings_by(ask_sqlite);
