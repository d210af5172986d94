// What was measured, as tables in Markdown.
import { targets as evaluation_targets, workloads } from './evaluate.mjs';
import { targets as store_targets } from './store.mjs';
import { median, spread } from './rounds.mjs';

const table = (headings, rows) =>
  [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n') + '\n';
const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const seconds = (value) => (value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toFixed(5));
const size = (value) => value.toLocaleString('en-GB');
const took = (result) => {
  if (result.seconds.length === 0) return 'did not end in the time it had';
  const [least, most] = spread(result.seconds);
  return `${seconds(median(result.seconds))} (${seconds(least)} to ${seconds(most)}; ${result.seconds.length})`;
};
const each = (result) => median(result.seconds) / result.size;
const asked = (versions) => (versions === 'oversight' ? 'oversight method' : `CQC method, ${versions} of each cell`);
const how = (result) =>
  result.form === undefined || result.form === 'plain' ? result.how : `${result.how}, \`${result.form}\``;
const verdict = (ratio, target) =>
  target === undefined ? '' : `at least ${target}: ${ratio >= target ? 'holds' : 'MISSED'}`;

// Peers that stop at a smaller size are compared by what a subject costs, with Assay at the largest.
export function evaluation(results, full_size) {
  const largest = Math.max(...results.map((result) => result.size));
  const rows = [];
  for (const workload of Object.keys(workloads)) {
    const of = results.filter((result) => result.workload === workload && result.seconds.length > 0);
    const ours_at = (at) => of.find((result) => result.who === 'Assay' && result.size === at);
    for (const result of of) {
      const same = ours_at(result.size);
      const ours = result.who === 'DuckDB' || result.size === largest ? same : ours_at(largest);
      const ratio = ours === undefined || result.who === 'Assay' ? null : each(result) / each(ours);
      const target =
        largest >= full_size && (result.who !== 'DuckDB' || result.size === largest)
          ? evaluation_targets[result.who]?.[workload]
          : undefined;
      rows.push([
        workloads[workload],
        size(result.size),
        result.who,
        how(result),
        took(result),
        number(each(result) * 1e9),
        ratio === null ? '-' : number(ratio),
        ratio === null ? '' : verdict(ratio, target),
      ]);
    }
  }
  return table(
    [
      'workload',
      'subjects',
      'who',
      'how',
      'seconds: median (spread; rounds)',
      'ns a subject',
      'Assay is faster by',
      'target',
    ],
    rows,
  );
}

// The slope of log time over log size, by least squares, from 10,000 subjects.
function exponent(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (at) => logs.reduce((sum, log) => sum + log[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return (
    logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0) /
    logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0)
  );
}

export function growth(results) {
  const rows = [];
  for (const who of ['Assay', 'DuckDB']) {
    for (const workload of Object.keys(workloads)) {
      const measured = results.filter(
        (result) =>
          result.who === who && result.workload === workload && result.size >= 10000 && result.seconds.length > 0,
      );
      if (measured.length < 2) continue;
      const of = (what) => exponent(measured.map((result) => [result.size, median(result[what])]));
      const memory = measured.every((result) => result.megabytes.length > 0) ? of('megabytes').toFixed(2) : '';
      rows.push([
        workloads[workload],
        who,
        `${size(measured[0].size)} to ${size(measured.at(-1).size)}`,
        of('seconds').toFixed(2),
        memory,
        who === 'Assay' ? 'at most 1.05' : '',
      ]);
    }
  }
  return rows.length === 0 ? '' : table(['workload', 'who', 'subjects', 'exponent of time', 'of memory', 'target'], rows);
}

export function rows(results, full) {
  const lines = results.map((result) => {
    const ours = results.find((other) => other.who === 'Assay' && other.versions === result.versions);
    const ratio =
      result.who === 'Assay' || ours.seconds.length === 0 || result.seconds.length === 0
        ? null
        : median(result.seconds) / median(ours.seconds);
    const target = full
      ? store_targets.rows[result.versions][result.name !== 'rows_plain' ? 'question' : 'plain']
      : undefined;
    const memory = result.megabytes.length === 0 ? '' : `${median(result.megabytes).toFixed(0)} MB`;
    return [
      asked(result.versions),
      size(result.size),
      result.who,
      how(result),
      took(result),
      memory,
      ratio === null ? '-' : number(ratio),
      ratio === null ? '' : verdict(ratio, target),
    ];
  });
  return table(
    ['rows', 'subjects', 'who', 'how', 'seconds: median (spread; rounds)', 'memory', 'Assay is faster by', 'target'],
    lines,
  );
}

// Every way that was tried to ask DuckDB: the fastest was measured.
export function forms(results) {
  const tried = results.filter((result) => result.tried !== undefined && result.tried.length > 1);
  return table(
    ['what', 'subjects', 'each form of the SQL: least seconds of up to three'],
    tried.map((result) => [
      result.versions === undefined ? workloads[result.workload] : `from rows: ${asked(result.versions)}`,
      size(result.size),
      result.tried.map(([form, took_once]) => `\`${form}\` ${seconds(took_once)}`).join(', '),
    ]),
  );
}

export function imports(results, full) {
  const lines = results.map((result) => {
    const ours = results.find((other) => other.who === 'Assay' && other.size === result.size);
    const ratio = result.who === 'Assay' ? null : median(result.seconds) / median(ours.seconds);
    const memory = result.megabytes.length === 0 ? '' : `${median(result.megabytes).toFixed(0)} MB`;
    return [
      size(result.size),
      result.who,
      result.how,
      took(result),
      memory,
      result.bytes.toFixed(1),
      ratio === null ? '-' : number(ratio),
      ratio === null || !full ? '' : verdict(ratio, store_targets.import[result.who]),
    ];
  });
  return table(
    ['rows', 'who', 'how', 'seconds: median (spread; rounds)', 'memory', 'bytes a row', 'Assay is faster by', 'target'],
    lines,
  );
}

export function missing(lines) {
  return table(
    [
      'who',
      'written with',
      'definite verdicts not determined',
      'of those open, decided',
      'contradicts evidence',
      'determined, yet withheld',
    ],
    lines.map((line) => line.cells),
  );
}
