// The CQC method in SQL, with the answer that Assay gives: status, low and high of the sum and of the percent, lowest
// and highest grade, the flag (0 clear, 1 raised, 2 undetermined), and why it is not known (1: something is missing).
// Written into a table of its own. The forms differ in the widths of numbers only; the fastest counts.
import { scores } from './names.mjs';

const grade = (percent) => `case when ${percent} >= 88 then 3 when ${percent} >= 63 then 2
  when ${percent} >= 39 then 1 else 0 end`;
const steps = (percent) => [88, 63, 39].map((least) => `(${percent} >= ${least})::utinyint`).join(' + ');
const any_one = scores.map((name) => `${name} = 1`).join(' or ');
const any_missing = scores.map((name) => `${name} is null`).join(' or ');

function answer({ from, low, high, percent, graded, flag, truth }) {
  return `select subject, low, high, percent_low, percent_high, ${truth('low <> high')} as status,
    ${graded('percent_low')} as grade_low, ${graded('percent_high')} as grade_high, flag,
    ${truth('low <> high')} as why
  from (select *, ${percent('low')} as percent_low, ${percent('high')} as percent_high
    from (select subject, ${low} as low, ${high} as high, ${flag} as flag from ${from}))`;
}

const sum = (otherwise) => scores.map((name) => `coalesce(${name}, ${otherwise})`).join(' + ');

const wide_numbers = (from, truth) =>
  answer({
    from,
    low: sum('1'),
    high: sum('4'),
    graded: grade,
    truth,
    percent: (end) => `(cast(${end} as integer) * 100 + 35) / 36`,
    flag: `case when ${any_one} then 1 when ${any_missing} then 2 else 0 end`,
  });

const narrow_numbers = (from, flag, graded) =>
  answer({
    from,
    low: sum('1::utinyint'),
    high: sum('4::utinyint'),
    graded,
    flag,
    percent: (end) => `((${end}::usmallint * 100::usmallint + 35::usmallint) // 36::usmallint)::utinyint`,
    truth: (test) => `(${test})::utinyint`,
  });

const three_valued = `case when (${any_one}) is null then 2::utinyint when (${any_one}) then 1::utinyint
  else 0::utinyint end`;
const two_tests = `case when ${any_one} then 1::utinyint when ${any_missing} then 2::utinyint else 0::utinyint end`;

export const duckdb_forms = (from = 'cqc') => ({
  integers: wide_numbers(from, (test) => `(${test})::integer`).replaceAll(' / 36', ' // 36'),
  bytes: narrow_numbers(from, two_tests, (percent) => `(${grade(percent)})::utinyint`),
  bytes_three_valued: narrow_numbers(from, three_valued, (percent) => `(${grade(percent)})::utinyint`),
  bytes_steps: narrow_numbers(from, three_valued, (percent) => `(${steps(percent)})`),
});

export const sqlite_form = wide_numbers('cqc', (test) => `(${test})`);
