// The whole question from observations: of each cell the row that is latest valid by the day asked about, and of those
// the latest recorded, as known on a day; then the CQC method with its ranges. Five ways to ask it of DuckDB, and the
// plain `group by` that knows neither history nor unknowns.
import { as_at, known_on, metrics, scores } from './names.mjs';
import { duckdb_forms as cqc_forms } from './cqc.mjs';

const seen = `valid_from <= date '${as_at}' and recorded_on <= date '${known_on}'`;
const days = (column) => `(${column} - date '2000-01-01')`;
// Both days and the value in one number: the greatest is the row sought, and holds its own value.
const packed = `((${days('valid_from')}::bigint * 65536 + ${days('recorded_on')}) * 256 + value)`;
const byte = (key) => `(${key} & 255)::utinyint`;
const method = (from) => cqc_forms(`(${from})`).bytes_three_valued;
const pivot = (value, from) =>
  `select subject, ${scores
    .map((name, i) => `max(case when field = ${i} then ${value} end) as ${name}`)
    .join(', ')} from (${from}) group by subject`;

export const duckdb_forms = () => ({
  packed: method(`select subject, ${scores.map((name) => `${byte(name)} as ${name}`).join(', ')}
    from (${pivot('key', `select subject, field, ${packed} as key from evidence where ${seen}`)})`),
  packed_filter: method(`select subject, ${scores.map((name) => `${byte(name)} as ${name}`).join(', ')}
    from (select subject, ${scores.map((name, i) => `max(${packed}) filter (where field = ${i}) as ${name}`).join(', ')}
      from evidence where ${seen} group by subject)`),
  packed_by_cell: method(
    pivot(
      'value',
      `select subject, field, ${byte(`max(${packed})`)} as value
    from evidence where ${seen} group by subject, field`,
    ),
  ),
  arg_max: method(
    pivot(
      'value',
      `select subject, field,
    arg_max(value, ${days('valid_from')}::bigint * 65536 + ${days('recorded_on')}) as value
    from evidence where ${seen} group by subject, field`,
    ),
  ),
  window: method(
    pivot(
      'value',
      `select subject, field, value from evidence where ${seen}
    qualify row_number() over (partition by subject, field order by valid_from desc, recorded_on desc) = 1`,
    ),
  ),
});

// The oversight method from observations: the columns that its forms read, each cell the latest valid and recorded.
// Values need two bytes here. Field 0 is the kind of trust, 1 to 5 are the metrics, 6 is the deficit.
const packed_wide = `((${days('valid_from')}::bigint * 65536 + ${days('recorded_on')}) * 65536 + value)`;
const latest = (field) => `max(${packed_wide}) filter (where field = ${field}) & 65535`;
export const oversight_columns = `select subject, (${latest(0)})::uinteger as kind,
  ${metrics.map((name, i) => `(${latest(i + 1)})::usmallint as ${name}`).join(', ')}, (${latest(6)})::boolean as deficit
  from evidence where ${seen} group by subject`;

export const plain_group_by = `select subject, sum, (sum * 100 + 35) // 36 as percent,
  case when sum >= 32 then 3 when sum >= 23 then 2 when sum >= 14 then 1 else 0 end as grade, flag
  from (select subject, sum(value)::integer as sum, min(value) = 1 as flag from evidence group by subject)`;
