// From observations: the whole question from a store to outcomes written, and the import of a file.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import * as duckdb from './duckdb.mjs';
import { ask, check_answers, fastest, rounds, say } from './rounds.mjs';

const node = (...words) => [process.execPath, ...words];
const cells_a_subject = 9 * 0.93;

export const targets = {
  rows: { 1: { question: 3, plain: 0.7 }, 4: { question: 2 }, oversight: {} },
  import: { DuckDB: 0.7, SQLite: 3 },
  bytes: 60,
  megabytes: 1024,
};

function anew(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

async function generate(place, options, subjects, versions) {
  const folder = anew(`${place}/rows`);
  say(`rows of ${subjects} subjects, ${versions} of each cell`);
  await ask([options.generate, 'rows', subjects, versions, folder]);
  return folder;
}

// Few subjects, all forms of the SQL: the sides have to give the same ranges before they are timed.
export async function check_agreement(place, options) {
  const said = [];
  for (const versions of [1, 4]) {
    const folder = await generate(place, options, 1000, versions);
    await ask(node('duckdb.mjs', 'prepare_rows', 1000, folder));
    const { agree } = await ask(node('agree.mjs', 'rows', 1000, folder));
    said.push(`${agree.seconds.toLocaleString('en-GB')} outcomes of 1,000 councils from ${versions} of each cell`);
    rmSync(folder, { recursive: true });
  }
  const folder = anew(`${place}/known`);
  for (const what of ['wide', 'known']) await ask([options.generate, what, 200, 10, folder]);
  await ask(node('duckdb.mjs', 'prepare_wide', 200, folder));
  const { agree } = await ask(node('agree.mjs', 'trusts', 200, folder));
  said.push(`${agree.seconds.toLocaleString('en-GB')} of 200 trusts`);
  rmSync(folder, { recursive: true });
  return `Assay on a store and each form of DuckDB's SQL gave the same values and ranges: ${said.join(', ')}.\n`;
}

export async function measure_rows(place, options) {
  const all = [];
  for (const versions of [1, 4]) {
    const subjects = Math.round(options.observations / cells_a_subject / versions);
    const folder = await generate(place, options, subjects, versions);
    await ask(node('duckdb.mjs', 'prepare_rows', subjects, folder));
    say('a store of them');
    await ask(node('assay.mjs', 'store', subjects, folder, 'rows'));
    rmSync(`${folder}/rows.csv`);
    say(`from the store to outcomes, ${versions} of each cell`);
    const ours = {
      who: 'Assay',
      how: '`assay run`',
      name: 'rows',
      command: node('assay.mjs', 'rows', subjects, folder),
    };
    const forms = Object.keys(duckdb.forms.rows).map((form) => ({
      who: 'DuckDB',
      how: 'the same question',
      form,
      name: 'rows',
      command: node('duckdb.mjs', 'rows', subjects, folder, form),
    }));
    const plain = {
      who: 'DuckDB',
      how: 'plain `group by`',
      form: 'plain',
      name: 'rows_plain',
      command: node('duckdb.mjs', 'rows_plain', subjects, folder, 'plain'),
    };
    const best = await fastest(forms);
    const results = await rounds([ours, best, plain], { count: options.rounds, seconds_side: 150 });
    check_answers(results.filter((result) => result.name === 'rows'));
    all.push(...results.map((result) => ({ ...result, versions, size: subjects })));
    rmSync(folder, { recursive: true });
  }
  return all;
}

// Seven rows a trust and one of the register; 200 trusts a kind.
export async function measure_trusts(place, options) {
  const trusts = options.trusts;
  const folder = anew(`${place}/known`);
  say(`rows of ${trusts} trusts`);
  await ask([options.generate, 'known', trusts, Math.max(10, Math.round(trusts / 200)), folder]);
  await ask(node('duckdb.mjs', 'prepare_trusts', trusts, folder));
  await ask(node('assay.mjs', 'store', trusts, folder, 'known'));
  rmSync(`${folder}/known.csv`);
  say('oversight, from the store to outcomes');
  const name = 'rows_oversight';
  const forms = Object.keys(duckdb.forms[name]).map((form) => ({
    who: 'DuckDB',
    how: 'the same question',
    form,
    name,
    command: node('duckdb.mjs', name, trusts, folder, form),
  }));
  const ours = { who: 'Assay', how: '`assay run`', name, command: node('assay.mjs', name, trusts, folder) };
  const best = await fastest(forms);
  const results = await rounds([ours, best], { count: options.rounds, seconds_side: 60, seconds_max: 120 });
  rmSync(folder, { recursive: true });
  return results.map((result) => ({ ...result, versions: 'oversight', size: trusts }));
}

export async function measure_import(place, options) {
  const all = [];
  const sizes = [...new Set([Math.min(2000000, options.observations), options.observations])];
  for (const observations of sizes) {
    const subjects = Math.round(observations / (1 + cells_a_subject));
    const folder = await generate(place, options, subjects, 1);
    const rows = (await ask(['wc', '-l', `${folder}/rows.csv`])).lines - 1;
    say(`import of ${rows} rows`);
    const sides = [
      { who: 'Assay', how: '`assay import`', name: 'import', command: node('assay.mjs', 'import', rows, folder) },
      { who: 'DuckDB', how: 'typed CSV', name: 'import', command: node('duckdb.mjs', 'import', rows, folder, '-') },
      {
        who: 'SQLite',
        how: '`.import`, one index',
        name: 'import',
        command: node('sqlite.mjs', 'import', rows, folder),
      },
    ];
    const results = await rounds(sides, { count: options.rounds, seconds_side: 600 });
    const files = { DuckDB: 'import.duckdb', SQLite: 'import.sqlite' };
    all.push(
      ...results.map((result) => ({
        ...result,
        size: rows,
        bytes: (result.bytes ?? statSync(`${folder}/${files[result.who]}`).size) / rows,
      })),
    );
    rmSync(folder, { recursive: true });
  }
  return all;
}
