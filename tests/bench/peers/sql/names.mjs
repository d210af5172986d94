// Names, dates and bands that every side of the measurement shares.
export const scores = [
  'needs',
  'healthier_lives',
  'equity',
  'care_provision',
  'partnerships',
  'safe_systems',
  'safeguarding',
  'governance',
  'learning',
];
export const metrics = ['m1', 'm2', 'm3', 'm4', 'm5'];
export const grades = ['inadequate', 'requires_improvement', 'good', 'outstanding'];

// The question is asked as at this day, as known on it. Rows after either day are in the data.
export const as_at = '2023-09-30';
export const known_on = '2023-09-30';

// Lowest percent of each grade above the lowest, best first.
export const bands = [
  [88, 'outstanding'],
  [63, 'good'],
  [39, 'requires_improvement'],
];

// The same in sums of nine scores, for engines without division that rounds up: 100 * 32 / 36 is 88.9, 23 is 63.9
// (22 is 61.2, shown as 62), 14 is 38.9 (shown as 39).
export const sum_bands = [
  [32, 'outstanding'],
  [23, 'good'],
  [14, 'requires_improvement'],
];

export function percent_of(sum) {
  return Math.ceil((sum * 100) / 36);
}

export function grade_of(sum) {
  const percent = percent_of(sum);
  for (const [least, grade] of bands) if (percent >= least) return grade;
  return 'inadequate';
}
