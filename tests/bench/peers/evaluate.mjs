// Evaluation alone: tables, columns or objects in memory; what the rules give for every subject.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import * as duckdb from './duckdb.mjs';
import { ask, check_answers, fastest, rounds, say } from './rounds.mjs';

const node = (...words) => [process.execPath, ...words];

// The most subjects at which a side is measured: what it does in about ten seconds. Beyond, cost is compared per
// subject.
const limits = {
  sqlite: { cqc: 1000000, cqc_complete: 1000000, oversight: 100000, oversight_many: 100000, links: 1000000 },
  cel: { cqc: 100000 },
  zen: { cqc: 10000 },
  json_rules: { cqc: 10000 },
  cedar: { cqc: 1000 },
  clingo: { cqc: 10000 },
  clips: { cqc: 10000 },
  prolog: { cqc: 100000 },
};
const engines = {
  cel: 'cel-js',
  zen: 'GoRules ZEN',
  json_rules: 'json-rules-engine',
  cedar: 'Cedar',
  clingo: 'clingo',
  clips: 'CLIPS',
  prolog: 'SWI-Prolog',
};

// Which times as fast as a peer Assay has to be, at the full size.
export const targets = {
  DuckDB: { cqc: 4, cqc_complete: 2, oversight: 2.5, oversight_many: 2.5, links: 3, wide: 1.5 },
  'cel-js': { cqc: 100 },
  'GoRules ZEN': { cqc: 5000 },
  'json-rules-engine': { cqc: 5000 },
  Cedar: { cqc: 1000 },
};

export const workloads = {
  cqc: 'CQC method',
  cqc_complete: 'CQC method, nothing missing',
  oversight: 'oversight method, 10 kinds of trust',
  oversight_many: 'oversight method, 200 trusts a kind',
  links: 'sums along a relation',
  wide: 'sums of 128 bits',
};

async function sides_of(workload, size, sizes, folder, options) {
  const sides = [];
  if (options.columns !== null) {
    sides.push({
      who: 'Assay',
      how: 'columns',
      name: workload,
      cwd: process.env.ASSAY_ROOT,
      command: [options.columns, workload, size, folder],
    });
  }
  const forms = Object.keys(duckdb.forms[workload]).map((form) => ({
    who: 'DuckDB',
    how: 'SQL',
    form,
    name: workload,
    command: node('duckdb.mjs', workload, size, folder, form),
  }));
  sides.push(await fastest(forms));
  // A slow side is measured once, at the largest size it can do.
  const fits = (limit) =>
    limit !== undefined && size <= limit && !sizes.some((other) => other > size && other <= limit);
  if (fits(limits.sqlite[workload])) {
    sides.push({ who: 'SQLite', how: 'SQL', name: workload, command: node('sqlite.mjs', workload, size, folder) });
  }
  for (const [engine, who] of Object.entries(engines)) {
    if (!fits(limits[engine][workload])) continue;
    sides.push({ who, how: 'rules', name: workload, command: node('engine.mjs', engine, workload, size, folder) });
  }
  return sides;
}

export async function measure_evaluation(place, options) {
  const all = [];
  for (const size of options.sizes) {
    const folder = `${place}/wide`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    say(`data of ${size} subjects`);
    await ask([options.generate, 'wide', size, 10, folder]);
    await ask(node('duckdb.mjs', 'prepare_wide', size, folder));
    if (size <= limits.sqlite.cqc) await ask(node('sqlite.mjs', 'prepare', size, folder));
    for (const workload of Object.keys(workloads)) {
      say(`${workloads[workload]}, ${size} subjects`);
      const sides = await sides_of(workload, size, options.sizes, folder, options);
      const results = await rounds(sides, { count: options.rounds, seconds_side: 60 });
      check_answers(results);
      all.push(...results.map((result) => ({ ...result, workload, size })));
    }
    rmSync(folder, { recursive: true });
  }
  return all;
}

export function find_columns(root, asked) {
  const usual = `${root}/build/tests/bench/bench_columns`;
  if (asked !== undefined) return asked;
  return existsSync(usual) ? usual : null;
}
