// CEL by @marcbachmann/cel-js: expressions parsed once, evaluated for each subject.
import { Environment } from '@marcbachmann/cel-js';
import { scores, sum_bands } from '../sql/names.mjs';

const grade = (total) => sum_bands.reduceRight((otherwise, [least, name]) =>
  `${total} >= ${least} ? "${name}" : (${otherwise})`, '"inadequate"');

function attempt(evaluate, subject) {
  try {
    return evaluate({ s: subject });
  } catch {
    return null;  // an error is no verdict
  }
}

function encoding(name, says, field) {
  const fields = scores.map(field);
  return {
    name, says,
    async decide(subjects) {
      const environment = new Environment({ unlistedVariablesAreDyn: true });
      const rate = environment.parse(grade(`(${fields.join(' + ')})`));
      const flag = environment.parse(fields.map((one) => `${one} == 1`).join(' || '));
      // CEL's int is a BigInt in JavaScript.
      const inputs = subjects.map((subject) =>
        Object.fromEntries(Object.entries(subject).map(([key, value]) => [key, BigInt(value)])));
      const begin = performance.now();
      const verdicts = inputs.map((input) => ({ grade: attempt(rate, input), flag: attempt(flag, input) }));
      return { verdicts, seconds: (performance.now() - begin) / 1000 };
    },
  };
}

export const encodings = [
  encoding('has() with a default', 'has(s.x) ? s.x : 0', (name) => `(has(s.${name}) ? s.${name} : 0)`),
  encoding('fields read as they are', 'an absent field is an error', (name) => `s.${name}`),
];
