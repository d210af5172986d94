// An aggregate along a relation: for each system the sum of a score over its councils, low and high, and how many are
// missing.
export const duckdb_forms = () => ({
  join: `select system, sum(coalesce(needs, 1)) as low, sum(coalesce(needs, 4)) as high,
    count(*) - count(needs) as missing from links join cqc using (subject) group by system`,
  join_integers: `select system, sum(low)::integer as low, sum(high)::integer as high, sum(missing)::integer as missing
    from links join (select subject, coalesce(needs, 1)::integer as low, coalesce(needs, 4)::integer as high,
      (needs is null)::integer as missing from cqc) using (subject) group by system`,
});
export const sqlite_form = duckdb_forms().join;
