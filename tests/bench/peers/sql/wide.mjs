// Sums of numbers with 24 places, in SQL: each score divided by a prime, low and high, and a flag of the sum. DuckDB's
// division of decimals is one of floating point; these are 128 bits wide and exact: quotients looked up, or divided as
// whole numbers of 10^-24.
import { scores } from './names.mjs';

const primes = [7, 11, 13, 17, 19, 23, 29, 31, 37];
const unit = 10n ** 24n;

// score / prime, halves to even, to 24 places.
function quotient(score, prime) {
  const [above, below] = [BigInt(score) * unit, BigInt(prime)];
  let whole = above / below;
  const rest = 2n * (above % below);
  if (rest > below || (rest === below && whole % 2n === 1n)) whole += 1n;
  return `0.${whole.toString().padStart(24, '0')}::decimal(38, 24)`;
}

const by_case = (name, prime, missing) =>
  `case ${name} ${[1, 2, 3, 4].map((score) => `when ${score} then ${quotient(score, prime)}`).join(' ')}
    else ${quotient(missing, prime)} end`;
const by_list = (name, prime, missing) =>
  `[${[1, 2, 3, 4].map((score) => quotient(score, prime)).join(', ')}][coalesce(${name}, ${missing})]`;
const by_division = (name, prime, missing) => `(coalesce(${name}, ${missing})::hugeint * ${unit}::hugeint) // ${prime}`;

const sum = (quotients, missing) => scores.map((name, i) => quotients(name, primes[i], missing)).join(' + ');
const form = (quotients, threshold) => `select subject, low, high, (low <> high)::utinyint as status,
    case when low >= ${threshold} then 1::utinyint when high >= ${threshold} then 2::utinyint
      else 0::utinyint end as flag,
    (low <> high)::utinyint as why
  from (select subject, ${sum(quotients, 1)} as low, ${sum(quotients, 4)} as high from cqc)`;

export const duckdb_forms = () => ({
  case: form(by_case, '1.4::decimal(38, 24)'),
  list: form(by_list, '1.4::decimal(38, 24)'),
  divide: form(by_division, '1400000000000000000000000::hugeint'),
});
