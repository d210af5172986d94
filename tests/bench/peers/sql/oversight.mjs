// The oversight method in SQL, with the ranges that Assay gives: each metric's quartile among trusts of one kind, as
// docs/language.md has it (rank * 4 / n rounded up, ties take the best rank, a member that is unknown may stand
// anywhere), the sum of the five scores, its quartile among all, and the financial override.
import { metrics } from './names.mjs';

const quartile = (rank, of) => `((4 * (${rank}) + ${of} - 1) // ${of})`;

// From a relation `scored` (subject, deficit, low1..low5, high1..high5). A sum is one of 16, so its rank is a look into
// counts, whatever the number of trusts.
function segments(scored) {
  const total = (end) => metrics.map((_, i) => `${end}${i + 1}`).join(' + ');
  return `with scored as materialized (select *, ${total('low')} as low, ${total('high')} as high from (${scored})),
  sums as (select unnest(range(5, 21)) as sum),
  lows as (select low as sum, count(*) as n from scored group by low),
  highs as (select high as sum, count(*) as n from scored group by high),
  below as (select sums.sum,
      (select coalesce(sum(n), 0) from highs where highs.sum < sums.sum)::bigint as surely,
      (select coalesce(sum(n), 0) from lows where lows.sum < sums.sum)::bigint as possibly,
      (select sum(n) from lows)::bigint as all_trusts
    from sums),
  placed as (select scored.*, ${quartile('1 + a.surely', 'a.all_trusts')} as segment_low,
      ${quartile('1 + b.possibly - (low < high)::bigint', 'b.all_trusts')} as segment_high
    from scored join below a on a.sum = low join below b on b.sum = high),
  final as (select *,
      case when deficit then greatest(segment_low, 3) else segment_low end as final_low,
      case when deficit is null or deficit then greatest(segment_high, 3) else segment_high end as final_high
    from placed)
  select subject, ${metrics
    .map(
      (_, i) => `low${i + 1}::utinyint as low${i + 1},
    high${i + 1}::utinyint as high${i + 1}`,
    )
    .join(', ')}, low::utinyint as low, high::utinyint as high,
    segment_low::utinyint as segment_low, segment_high::utinyint as segment_high, final_low::utinyint as final_low,
    final_high::utinyint as final_high, (final_low <> final_high)::utinyint as status from final`;
}

// The rank of every trust by a window for each metric.
const by_windows = () =>
  segments(`select subject, deficit,
  ${metrics
    .map(
      (m, i) => `case when ${m} is null then ${quartile('1', 'n')} else ${quartile(`r${i + 1}`, 'n')} end as
      low${i + 1},
    case when ${m} is null then 4 else ${quartile(`r${i + 1} + n - k${i + 1}`, 'n')} end as high${i + 1}`,
    )
    .join(', ')}
  from (select *, count(*) over (partition by kind) as n,
      ${metrics
        .map(
          (m, i) => `rank() over (partition by kind order by ${m} nulls last) as r${i + 1},
        count(${m}) over (partition by kind) as k${i + 1}`,
        )
        .join(', ')}
    from oversight)`);

// Three cut points of a sorted list for each kind and metric: a score is at most q where the value is at most the
// floor(q * n / 4)th smallest; for the high end, those that are missing stand before it.
function by_cuts() {
  const at = (list, index) => `case when ${index} < 1 then 0 else coalesce(${list}[${index}], 65535) end::usmallint`;
  const cuts = (m, i) =>
    [1, 2, 3]
      .map(
        (q) => `${at(`l${i}`, `(n * ${q} // 4)`)} as a${i}${q},
    ${at(`l${i}`, `(n * ${q} // 4 - n + len(l${i}))`)} as b${i}${q}`,
      )
      .join(', ');
  const score = (m, end, i) => `1 + ${[1, 2, 3].map((q) => `(${m} > ${end}${i}${q})::utinyint`).join(' + ')}`;
  return segments(`select subject, deficit,
    ${metrics
      .map(
        (m, at_0) => `case when ${m} is null then lowest else ${score(m, 'a', at_0 + 1)} end as low${at_0 + 1},
      case when ${m} is null then 4 else ${score(m, 'b', at_0 + 1)} end as high${at_0 + 1}`,
      )
      .join(', ')}
    from oversight join (select kind, ${quartile('1', 'n')} as lowest,
        ${metrics.map((m, i) => cuts(m, i + 1)).join(', ')}
      from (select kind, count(*) as n, ${metrics
        .map((m, i) => `list_sort(coalesce(list(${m}) filter (${m} is not null), [])) as l${i + 1}`)
        .join(', ')}
        from oversight group by kind)) using (kind)`);
}

// Values counted for each kind, added up in order, and looked up again.
function by_counts() {
  const counted = metrics
    .map(
      (m, i) => `c${i + 1} as (select kind, ${m} as value,
    1 + sum(count(*)) over (partition by kind order by ${m}) - count(*) as rank
    from oversight where ${m} is not null group by kind, ${m})`,
    )
    .join(', ');
  const score = (i, more) => quartile(`c${i}.rank::bigint${more}`, 'n');
  return segments(`with sizes as (select kind, count(*) as n, ${metrics
    .map((m, i) => `count(${m}) as k${i + 1}`)
    .join(', ')} from oversight group by kind), ${counted}
    select subject, deficit, ${metrics
      .map(
        (m, i) =>
          `case when ${m} is null then ${quartile('1', 'n')} else ${score(i + 1, '')} end as low${i + 1},
      case when ${m} is null then 4 else ${score(i + 1, ` + n - k${i + 1}`)} end as high${i + 1}`,
      )
      .join(', ')}
    from oversight o join sizes using (kind)
    ${metrics.map((m, i) => `left join c${i + 1} on c${i + 1}.kind = o.kind and c${i + 1}.value = o.${m}`).join(' ')}`);
}

export const duckdb_forms = () => ({ windows: by_windows(), cuts: by_cuts(), counts: by_counts() });

// SQLite has neither lists nor `//`; its windows are the fastest it has.
export const sqlite_form = by_windows()
  .replaceAll('//', '/')
  .replaceAll('::utinyint', '')
  .replaceAll('::bigint', '')
  .replaceAll('greatest(', 'max(')
  .replace('select unnest(range(5, 21)) as sum', 'select value as sum from generate_series(5, 20)');
