// json-rules-engine: a rule a grade over a fact that adds the scores, and one for the flag. The engine is made once.
import { Engine } from 'json-rules-engine';
import { scores, sum_bands } from '../sql/names.mjs';

const all = (...conditions) => ({ all: conditions });
const total = (operator, value) => ({ fact: 'total', operator, value });

function make_engine(options) {
  const engine = new Engine([], options);
  engine.addFact('total', async (parameters, almanac) => {
    const values = await Promise.all(scores.map((name) => almanac.factValue(name)));
    return values.reduce((sum, value) => sum + value, 0);
  });
  let below = null;
  for (const [least, name] of sum_bands) {
    const conditions = [total('greaterThanInclusive', least), ...(below === null ? [] : [total('lessThan', below)])];
    engine.addRule({ conditions: all(...conditions), event: { type: name } });
    below = least;
  }
  engine.addRule({ conditions: all(total('lessThan', below)), event: { type: 'inadequate' } });
  engine.addRule({
    conditions: { any: scores.map((fact) => ({ fact, operator: 'equal', value: 1 })) },
    event: { type: 'shortfall' },
  });
  return engine;
}

function encoding(name, says, options) {
  return {
    name,
    says,
    async decide(subjects) {
      let engine = make_engine(options);
      const verdicts = [];
      const begin = performance.now();
      for (const subject of subjects) {
        try {
          const { events } = await engine.run(subject);
          const types = events.map((event) => event.type);
          verdicts.push({
            grade: types.find((type) => type !== 'shortfall') ?? null,
            flag: types.includes('shortfall'),
          });
        } catch {
          verdicts.push({ grade: null, flag: null });
          engine = make_engine(options); // rules of the failed run may still be running in the old one
        }
      }
      return { verdicts, seconds: (performance.now() - begin) / 1000 };
    },
  };
}

export const encodings = [
  encoding('allowUndefinedFacts', 'undefined facts are falsey conditions', { allowUndefinedFacts: true }),
  encoding('as it comes', 'an undefined fact is an error', {}),
];
