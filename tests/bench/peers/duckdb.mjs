// DuckDB as a side of the measurement:  node duckdb.mjs WORKLOAD SUBJECTS FOLDER FORM  prints `NAME SECONDS SUBJECTS`,
// and with `answers` what its table says, so that the sides can be compared. Two threads, as many as everyone has.
import { DuckDBInstance } from '@duckdb/node-api';
import { existsSync, rmSync } from 'node:fs';
import { metrics, scores } from './sql/names.mjs';
import * as cqc from './sql/cqc.mjs';
import * as links from './sql/links.mjs';
import * as oversight from './sql/oversight.mjs';
import * as rows from './sql/rows.mjs';
import * as wide from './sql/wide.mjs';

const settings = { threads: '2' };

export const forms = {
  cqc: cqc.duckdb_forms(),
  cqc_complete: cqc.duckdb_forms(),
  oversight: oversight.duckdb_forms(),
  oversight_many: oversight.duckdb_forms(),
  links: links.duckdb_forms(),
  wide: wide.duckdb_forms(),
  rows: rows.duckdb_forms(),
  rows_plain: { plain: rows.plain_group_by },
  rows_oversight: oversight.duckdb_forms(),
};

export const answers = {
  cqc: 'select grade_low, grade_high, flag, count(*), sum(low), sum(high) from outcome group by all order by all',
  oversight: 'select final_low, final_high, count(*), sum(low), sum(high) from outcome group by all order by all',
  links: 'select count(*), sum(low), sum(high), sum(missing) from outcome',
};
answers.cqc_complete = answers.cqc;
answers.oversight_many = answers.oversight;
answers.rows = answers.cqc;
answers.rows_oversight = answers.oversight;

export async function open(file) {
  const connection = await (await DuckDBInstance.create(file, settings)).connect();
  return connection;
}

const columns = (names, type) => names.map((name) => `'${name}': '${type}'`).join(', ');
const tables = {
  cqc: `{'subject': 'integer', ${columns(scores, 'utinyint')}}`,
  cqc_complete: `{'subject': 'integer', ${columns(scores, 'utinyint')}}`,
  oversight: `{'subject': 'integer', 'kind': 'uinteger', ${columns(metrics, 'usmallint')}, 'deficit': 'boolean'}`,
  oversight_many: `{'subject': 'integer', 'kind': 'uinteger', ${columns(metrics, 'usmallint')}, 'deficit': 'boolean'}`,
  links: `{'system': 'uinteger', 'subject': 'integer'}`,
};

// The generated CSV, once, as DuckDB's own file: later processes read that.
async function prepare_wide(folder) {
  const connection = await open(`${folder}/wide.duckdb`);
  for (const [name, types] of Object.entries(tables)) {
    await connection.run(
      `create table ${name} as from read_csv('${folder}/${name}.csv', header = true, columns = ${types})`,
    );
  }
  connection.closeSync();
}

// From the tidy rows, to the smallest types that hold them. This is not timed: the peer starts from its own file.
async function prepare_rows(folder) {
  const connection = await open(`${folder}/rows.duckdb`);
  await connection.run(`create table evidence as
    select substr(subject, 10)::integer as subject, (list_position([${scores.map((name) => `'example.cqc.${name}'`)}],
      field) - 1)::utinyint as field, value::utinyint as value, valid_from, recorded_on
    from read_csv('${folder}/rows.csv', header = true, all_varchar = false, types = {'value': 'varchar'})
    where field <> 'council.register'`);
  connection.closeSync();
}

async function prepare_trusts(folder) {
  const connection = await open(`${folder}/rows.duckdb`);
  const names = ['kind_of_trust', ...metrics, 'in_deficit'].map((name) => `'example.oversight.${name}'`);
  await connection.run(`create table evidence as
    select substr(subject, 8)::integer as subject, (list_position([${names}], field) - 1)::utinyint as field,
      case when value = 'yes' then 1 when value = 'no' then 0 when value like 'kind %' then substr(value, 6)::integer
        else round(rtrim(value, '%')::decimal(9, 2) * 100)::integer end::usmallint as value, valid_from, recorded_on
    from read_csv('${folder}/known.csv', header = true, types = {'value': 'varchar'})
    where field <> 'trust.register'`);
  connection.closeSync();
}

async function timed(connection, sql) {
  const begin = performance.now();
  await connection.run(sql);
  return (performance.now() - begin) / 1000;
}

// Each query reads a table of its workload's plain name: cqc for cqc_complete, oversight for oversight_many.
const plain_name = (name) => name.split('_')[0];

// Tables in memory, the query twice: its first time, and its second.
async function in_memory(workload, subjects, folder, form) {
  const connection = await open(':memory:');
  await connection.run(`attach '${folder}/wide.duckdb' as stored (read_only)`);
  for (const name of { links: ['links', 'cqc'], wide: ['cqc'] }[workload] ?? [workload]) {
    await connection.run(`create table ${plain_name(name)} as from stored.${name}`);
  }
  const sql = `create or replace table outcome as ${forms[workload][form]}`;
  const first = await timed(connection, sql);
  const second = await timed(connection, sql);
  console.log(`${workload}.first ${first} ${subjects}\n${workload} ${second} ${subjects}`);
  await say_answers(connection, workload);
}

// From its own file to its own table, opened and closed within the time.
async function from_file(workload, subjects, folder, form) {
  const begin = performance.now();
  const connection = await open(`${folder}/rows.duckdb`);
  if (workload === 'rows_oversight') {
    await connection.run(`create temp table oversight as ${rows.oversight_columns}`);
  }
  await connection.run(`create or replace table outcome as ${forms[workload][form]}`);
  await connection.run('checkpoint');
  const took = (performance.now() - begin) / 1000;
  console.log(`${workload} ${took} ${subjects}`);
  await say_answers(connection, workload);
}

async function import_csv(subjects, folder) {
  const file = `${folder}/import.duckdb`;
  if (existsSync(file)) rmSync(file);
  const begin = performance.now();
  const connection = await open(file);
  await connection.run(`create table evidence as from read_csv('${folder}/rows.csv', header = true, columns = {
    'subject': 'varchar', 'field': 'varchar', 'value': 'varchar', 'valid_from': 'date', 'source': 'varchar',
    'document': 'varchar', 'place': 'varchar', 'recorded_on': 'date'})`);
  await connection.run('checkpoint');
  connection.closeSync();
  console.log(`import ${(performance.now() - begin) / 1000} ${subjects}`);
}

// What Assay's columns count too: of each rule how many are known, and the sums of all low and of all high ends.
const ranged = (low, high) => `'known ' || count(*) filter (where ${low} = ${high}) || ' unknown ' ||
  count(*) filter (where ${low} <> ${high}) || ' low ' || sum(${low}) || ' high ' || sum(${high})`;
const cqc_counts = {
  // Columns hold a percent as the sum that it is a table of.
  'example.cqc.overall_percent': ranged('low', 'high'),
  'example.cqc.overall': ranged('grade_low', 'grade_high'),
  'example.cqc.shortfall':
    "'raised ' || count(*) filter (where flag = 1) || ' undetermined ' || count(*) filter (where flag = 2)",
};
const oversight_counts = {
  ...Object.fromEntries(
    metrics.map((_, i) => [`example.oversight.score_${i + 1}`, ranged(`low${i + 1}`, `high${i + 1}`)]),
  ),
  'example.oversight.unadjusted_segment': ranged('segment_low', 'segment_high'),
  'example.oversight.segment': ranged('final_low', 'final_high'),
};
const counts = {
  cqc: cqc_counts,
  cqc_complete: cqc_counts,
  oversight: oversight_counts,
  oversight_many: oversight_counts,
  links: { 'example.links.needs_of_councils': ranged('low', 'high') },
  wide: {
    'example.wide.prime_sum':
      "'known ' || count(*) filter (where low = high) || ' unknown ' || count(*) filter (where low <> high)",
    'example.wide.heavy': cqc_counts['example.cqc.shortfall'],
  },
};

async function say_answers(connection, workload) {
  if (answers[workload] !== undefined) {
    const found = (await connection.runAndReadAll(answers[workload])).getRows();
    console.log(`answer ${workload} ${found.map((row) => row.join(',')).join(' ')}`);
  }
  for (const [rule, count] of Object.entries(counts[workload] ?? {})) {
    const [[said]] = (await connection.runAndReadAll(`select ${count} from outcome`)).getRows();
    console.log(`count ${rule} ${said}`);
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [workload, subjects, folder, form] = process.argv.slice(2);
  if (workload === 'prepare_wide') await prepare_wide(folder);
  else if (workload === 'prepare_rows') await prepare_rows(folder);
  else if (workload === 'prepare_trusts') await prepare_trusts(folder);
  else if (workload === 'import') await import_csv(subjects, folder);
  else if (workload.startsWith('rows')) await from_file(workload, subjects, folder, form);
  else await in_memory(workload, subjects, folder, form);
}
