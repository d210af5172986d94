// The quartile among peers as SQL users write it, where values are missing; DuckDB and SQLite. Other engines rank
// nothing across subjects without a program around them.
import { open } from './duckdb.mjs';
import { sqlite3 } from './sqlite.mjs';

const ways = [
  [
    'ntile(4) over all rows',
    'nulls are put last or first, as the engine sorts them',
    `select id, ntile(4) over (partition by kind order by m) as score from trust`,
  ],
  [
    'rank() over all rows',
    'the same',
    `select id, (4 * rank() over (partition by kind order by m)
    + count(*) over (partition by kind) - 1) / count(*) over (partition by kind) as score from trust`,
  ],
  [
    'rank() where m is not null',
    'those without a value are left out',
    `select id, (4 * rank() over (partition by kind
    order by m) + count(*) over (partition by kind) - 1) / count(*) over (partition by kind) as score from trust
    where m is not null`,
  ],
];

const tables = (trusts) => [
  'create table trust(id integer, kind integer, m integer)',
  `insert into trust values ${trusts.map((trust) => `(${trust.id},${trust.kind},${trust.m ?? 'null'})`).join(',')}`,
];

async function ask_duckdb(trusts, query) {
  const connection = await open(':memory:');
  for (const statement of tables(trusts)) await connection.run(statement);
  return (await connection.runAndReadAll(query.replaceAll(' / count', ' // count'))).getRows();
}

async function ask_sqlite(trusts, query) {
  const printed = sqlite3(':memory:', `${tables(trusts).join(';\n')};\n.mode list\n${query};\n`);
  return printed
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split('|'));
}

const encodings_by = (ask) =>
  ways.map(([name, says, query]) => ({
    name,
    says,
    async decide(trusts) {
      const verdicts = trusts.map(() => ({ score: null }));
      for (const [id, score] of await ask(trusts, query)) verdicts[Number(id)].score = Number(score);
      return { verdicts };
    },
  }));

export const duckdb = encodings_by(ask_duckdb);
export const sqlite = encodings_by(ask_sqlite);
