// Correctness where evidence is missing: every engine, each as its own documentation writes it, on the same sample;
// beside them Assay on a store. What is right comes from trying every completion (truth.mjs).
import { writeFileSync } from 'node:fs';
import { scores } from './sql/names.mjs';
import { compare, determined, determined_quartiles } from './truth.mjs';
import * as quartiles from './quartiles.mjs';
import * as sql from './engines/sql.mjs';
import { encodings as cedar } from './engines/cedar.mjs';
import { encodings as cel } from './engines/cel.mjs';
import { encodings as clingo } from './engines/clingo.mjs';
import { encodings as clips } from './engines/clips.mjs';
import { encodings as json_rules } from './engines/json_rules.mjs';
import { encodings as prolog } from './engines/prolog.mjs';
import { encodings as zen } from './engines/zen.mjs';
import { make_store, outcomes, remove } from './assay.mjs';

const peers = {
  DuckDB: sql.duckdb,
  SQLite: sql.sqlite,
  'GoRules ZEN': zen,
  'json-rules-engine': json_rules,
  'cel-js': cel,
  Cedar: cedar,
  clingo: clingo,
  CLIPS: clips,
  'SWI-Prolog': prolog,
};

const heading = 'subject,field,value,valid_from,source,recorded_on';
const body = (kind, at) => `${kind}:X${String(at).padStart(8, '0')}`;
const row = (subject, field, value, source) => `${subject},${field},${value},2020-04-01,${source},2020-05-01`;

function ask_assay(folder, rows) {
  writeFileSync(`${folder}/sample.csv`, `${[heading, ...rows].join('\n')}\n`);
  make_store(`${folder}/sample.assaydb`, `${folder}/sample.csv`);
  const found = outcomes(`${folder}/sample.assaydb`);
  remove(`${folder}/sample.assaydb`);
  return found;
}

const names = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
const grade_named = (value) => (names.includes(value) ? value.toLowerCase().replace(' ', '_') : value);

function assay_scores(folder, subjects) {
  const rows = subjects.flatMap((subject, at) => [
    row(body('council', at), 'council.register', `Example ${at}`, 'register'),
    ...Object.entries(subject).map(([name, value]) =>
      row(body('council', at), `example.cqc.${name}`, value, 'cqc_report'),
    ),
  ]);
  const found = ask_assay(folder, rows);
  return subjects.map((_, at) => {
    const { overall, shortfall } = found.get(body('council', at));
    return {
      grade: overall.status === 'known' ? grade_named(overall.value) : null,
      flag: { raised: true, clear: false }[shortfall.status] ?? null,
    };
  });
}

function assay_quartiles(folder, trusts) {
  const rows = trusts.flatMap((trust) => {
    const subject = body('trust', trust.id);
    return [
      row(subject, 'trust.register', `Example ${trust.id}`, 'register'),
      row(subject, 'example.oversight.kind_of_trust', `kind ${trust.kind}`, 'example'),
      ...(trust.m === null ? [] : [row(subject, 'example.oversight.m1', `${trust.m}%`, 'example')]),
    ];
  });
  const found = ask_assay(folder, rows);
  return trusts.map((trust) => {
    const { score_1: score } = found.get(body('trust', trust.id));
    return { score: score.status === 'known' ? Number(score.value) : null };
  });
}

// A generator with a stated seed (mulberry32), so that the sample is the same everywhere.
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Scores lean towards 2 and 3, as published ones do: with few scores of 1 the flag is open as often as the rating is.
function sample_scores(count) {
  const next = numbers(20250630);
  const score = () => {
    const r = next();
    return r < 0.04 ? 1 : r < 0.45 ? 2 : r < 0.92 ? 3 : 4;
  };
  return Array.from({ length: count }, () =>
    Object.fromEntries(scores.map((name) => [name, score()]).filter(() => next() >= 0.07)),
  );
}

// Groups of eight trusts of one kind, none with more than three values missing: every completion can be tried.
function sample_trusts(groups) {
  const next = numbers(20250626);
  const trusts = [];
  for (let kind = 0; kind < groups; ++kind) {
    let open = 0;
    for (let i = 0; i < 8; ++i) {
      const value = 1 + Math.floor(next() * 98);
      const missing = next() < 0.07 && open < 3;
      if (missing) open += 1;
      trusts.push({ id: trusts.length, kind, m: missing ? null : value });
    }
  }
  return trusts;
}

function trusts_determined(trusts) {
  return [...new Set(trusts.map((trust) => trust.kind))].flatMap((kind) =>
    determined_quartiles(
      trusts.filter((trust) => trust.kind === kind).map((trust) => trust.m),
      0,
      100,
    ).map((score) => ({ score })),
  );
}

const share = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`);
const given = (count) => count.verdicts - count.withheld - count.open + count.invented;
const line = (who, how, count) => ({
  who,
  how,
  ...count,
  cells: [
    who,
    how,
    `${share(count.invented, given(count))} (${count.invented} of ${given(count)})`,
    `${count.invented} of ${count.open}`,
    `${count.contradicted}`,
    share(count.withheld, count.verdicts - count.open),
  ],
});

export async function measure_missing(folder, { subjects = 1000, groups = 20, assay = true } = {}) {
  const sample = sample_scores(subjects);
  const truths = sample.map(determined);
  const method = [];
  if (assay) method.push(line('**Assay**', 'the rules as they stand', compare(truths, assay_scores(folder, sample))));
  for (const [who, encodings] of Object.entries(peers)) {
    for (const encoding of encodings) {
      method.push(line(who, encoding.name, compare(truths, (await encoding.decide(sample)).verdicts)));
    }
  }
  const trusts = sample_trusts(groups);
  const right = trusts_determined(trusts);
  const ranks = [];
  if (assay) ranks.push(line('**Assay**', 'the rules as they stand', compare(right, assay_quartiles(folder, trusts))));
  for (const [who, encodings] of [
    ['DuckDB', quartiles.duckdb],
    ['SQLite', quartiles.sqlite],
  ]) {
    for (const encoding of encodings) {
      ranks.push(line(who, encoding.name, compare(right, (await encoding.decide(trusts)).verdicts)));
    }
  }
  return { method, ranks, subjects, trusts: trusts.length };
}
