// What the evidence determines, by trying every completion of it: each missing score as 1, 2, 3 and 4.
import { grade_of, scores } from './sql/names.mjs';

export function completions(subject) {
  let all = [{ ...subject }];
  for (const name of scores.filter((score) => subject[score] === undefined)) {
    all = all.flatMap((one) => [1, 2, 3, 4].map((value) => ({ ...one, [name]: value })));
  }
  return all;
}

// The verdict that every completion has in common, or null where they differ.
export function determined(subject) {
  const verdicts = completions(subject).map((one) => ({
    grade: grade_of(scores.reduce((sum, name) => sum + one[name], 0)),
    flag: scores.some((name) => one[name] === 1),
  }));
  const common = (pick) =>
    verdicts.every((verdict) => pick(verdict) === pick(verdicts[0])) ? pick(verdicts[0]) : null;
  return { grade: common((verdict) => verdict.grade), flag: common((verdict) => verdict.flag) };
}

// `open`: the evidence leaves the verdict open. `invented`: of those, how many were given all the same. `contradicted`:
// given, and not what the evidence determines. `withheld`: not given though it is determined.
export function compare(truths, verdicts) {
  const count = { verdicts: 0, open: 0, invented: 0, contradicted: 0, withheld: 0 };
  truths.forEach((truth, at) => {
    for (const what of Object.keys(truth)) {
      const given = verdicts[at][what];
      count.verdicts += 1;
      if (truth[what] === null) {
        count.open += 1;
        if (given !== null) count.invented += 1;
      } else if (given === null) {
        count.withheld += 1;
      } else if (given !== truth[what]) {
        count.contradicted += 1;
      }
    }
  });
  return count;
}

// Quartile among peers, by docs/language.md: rank * 4 / n rounded up, ties take the best rank. `values` of one group,
// null where missing. A missing value may lie on, between or beyond the values held: those classes stand for all.
function quartiles(values) {
  return values.map((value) => Math.ceil(((1 + values.filter((other) => other < value).length) * 4) / values.length));
}

export function determined_quartiles(values, least, most) {
  const held = [...new Set(values.filter((value) => value !== null))].sort((a, b) => a - b);
  const edges = [least, ...held, most];
  // With several missing, they also lie between each other: as many distinct places in each gap as there are.
  const open = values.filter((value) => value === null).length;
  const places = [
    ...new Set(
      edges.flatMap((edge, at) =>
        at + 1 < edges.length
          ? [edge, ...Array.from({ length: open }, (_, k) => edge + ((edges[at + 1] - edge) * (k + 1)) / (open + 1))]
          : [edge],
      ),
    ),
  ];
  let all = [[]];
  for (const value of values) {
    all = all.flatMap((one) => (value === null ? places : [value]).map((place) => [...one, place]));
  }
  const found = all.map(quartiles);
  return values.map((_, at) => (found.every((one) => one[at] === found[0][at]) ? found[0][at] : null));
}
