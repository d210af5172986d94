// CEL by @marcbachmann/cel-js: expressions parsed once, evaluated for each subject. CEL has no names within an
// expression, so the sum is one of its own, and the grade is asked of it.
import { Environment } from '@marcbachmann/cel-js';
import { scores, sum_bands } from '../sql/names.mjs';

const grade_of_total = sum_bands.reduceRight(
  (otherwise, [least, name]) => `total >= ${least} ? "${name}" : (${otherwise})`,
  '"inadequate"',
);

function attempt(evaluate, input) {
  try {
    return evaluate(input);
  } catch {
    return null; // an error is no verdict
  }
}

function encoding(name, says, field) {
  const fields = scores.map(field);
  return {
    name,
    says,
    async decide(subjects) {
      const environment = new Environment({ unlistedVariablesAreDyn: true });
      const add = environment.parse(fields.join(' + '));
      const rate = environment.parse(grade_of_total);
      const flag = environment.parse(fields.map((one) => `${one} == 1`).join(' || '));
      // CEL's int is a BigInt in JavaScript.
      const inputs = subjects.map((subject) => ({
        s: Object.fromEntries(Object.entries(subject).map(([key, value]) => [key, BigInt(value)])),
      }));
      const begin = performance.now();
      const verdicts = inputs.map((input) => {
        const total = attempt(add, input);
        return { grade: total === null ? null : rate({ total }), flag: attempt(flag, input) };
      });
      return { verdicts, seconds: (performance.now() - begin) / 1000 };
    },
  };
}

export const encodings = [
  encoding('has() with a default', 'has(s.x) ? s.x : 0', (name) => `(has(s.${name}) ? s.${name} : 0)`),
  encoding('fields read as they are', 'an absent field is an error', (name) => `s.${name}`),
];
