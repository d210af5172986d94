// Before anything is timed: that the sides answer one question. Assay's outcomes on a store and the tables that the SQL
// writes, subject by subject, ranges included.  node agree.mjs rows|trusts SUBJECTS FOLDER  prints `agree WHAT
// COMPARED` or says where they differ.
import { rmSync } from 'node:fs';
import { make_store, outcomes } from './assay.mjs';
import * as duckdb from './duckdb.mjs';

const grades = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
const words = ['inadequate', 'requires_improvement', 'good', 'outstanding'];
const grade_number = (text) => Math.max(grades.indexOf(text), words.indexOf(text));
const flag_words = ['clear', 'raised', 'undetermined'];

// A known outcome has a value, one that is not a low and a high end.
const ends = (outcome, number) =>
  outcome.status === 'known'
    ? [number(outcome.value), number(outcome.value)]
    : [number(outcome.low), number(outcome.high)];
const body = (kind, subject) => `${kind}:X${String(subject).padStart(8, '0')}`;

function compare(what, subject, ours, theirs) {
  if (ours.join() === theirs.join()) return;
  console.error(`agree: ${subject}, ${what}: Assay ${ours.join(' to ')}, DuckDB ${theirs.join(' to ')}`);
  process.exit(1);
}

async function rows(folder) {
  const connection = await duckdb.open(`${folder}/rows.duckdb`);
  const ours = outcomes(`${folder}/rows.assaydb`);
  let compared = 0;
  for (const form of Object.values(duckdb.forms.rows)) {
    const theirs = (await connection.runAndReadAll(form)).getRowObjects();
    for (const row of theirs) {
      const subject = body('council', row.subject);
      const { overall_percent: percent, overall, shortfall } = ours.get(subject);
      compare('percent', subject, ends(percent, Number), [row.percent_low, row.percent_high]);
      compare('rating', subject, ends(overall, grade_number), [row.grade_low, row.grade_high]);
      compare('flag', subject, [shortfall.status], [flag_words[row.flag]]);
      compared += 3;
    }
  }
  return compared;
}

async function trusts(folder) {
  const connection = await duckdb.open(':memory:');
  await connection.run(`attach '${folder}/wide.duckdb' as stored (read_only)`);
  await connection.run('create table oversight as from stored.oversight');
  const ours = outcomes(`${folder}/known.assaydb`);
  let compared = 0;
  for (const form of Object.values(duckdb.forms.oversight)) {
    for (const row of (await connection.runAndReadAll(form)).getRowObjects()) {
      const subject = body('trust', row.subject);
      const of = ours.get(subject);
      for (let i = 1; i <= 5; ++i) {
        compare(`score ${i}`, subject, ends(of[`score_${i}`], Number), [row[`low${i}`], row[`high${i}`]]);
      }
      compare('unadjusted segment', subject, ends(of.unadjusted_segment, Number), [row.segment_low, row.segment_high]);
      compare('segment', subject, ends(of.segment, Number), [row.final_low, row.final_high]);
      compared += 7;
    }
  }
  return compared;
}

const [what, , folder] = process.argv.slice(2);
const [store, file] = what === 'rows' ? ['rows', 'rows'] : ['known', 'known'];
make_store(`${folder}/${store}.assaydb`, `${folder}/${file}.csv`);
const compared = await (what === 'rows' ? rows : trusts)(folder);
rmSync(`${folder}/${store}.assaydb`, { force: true });
console.log(`agree ${compared} ${what}`);
