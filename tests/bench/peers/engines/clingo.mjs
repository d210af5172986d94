// clingo (Debian's gringo package): facts and rules in one program, all subjects at once. Absence read as clear is its
// negation as failure; its other documented way, guessing what is open and asking for what holds in every model
// (cautious reasoning), is measured for correctness too.
import { scores, sum_bands } from '../sql/names.mjs';
import { cells, collect, run } from './process.mjs';

const grades = () => {
  let below = null;
  const rules = sum_bands.map(([least, name]) => {
    const rule = `grade(S,${name}) :- total(S,T), T >= ${least}${below === null ? '' : `, T < ${below}`}.`;
    below = least;
    return rule;
  });
  return [...rules, `grade(S,inadequate) :- total(S,T), T < ${below}.`].join('\n');
};

const method = `
total(S,T) :- subject(S), T = #sum { V,F : score(S,F,V) }.
${grades()}
raised(S) :- score(S,_,1).
clear(S) :- subject(S), not raised(S).
#show grade/2. #show raised/1. #show clear/1.
`;

const guess = `
field(${scores.join(';')}).
held(S,F) :- recorded(S,F,_).
score(S,F,V) :- recorded(S,F,V).
1 { score(S,F,1..4) } 1 :- subject(S), field(F), not held(S,F).
`;

function encoding(name, says, predicate, program, options) {
  return {
    name,
    says,
    async decide(subjects) {
      const facts =
        `subject(0..${subjects.length - 1}).\n` +
        cells(subjects)
          .map(([at, field, value]) => `${predicate}(${at},${field},${value}).`)
          .join('\n');
      // 10: a model; 30: all models seen.
      const { printed, seconds } = run(
        { 'program.lp': `${facts}\n${program}` },
        (folder) => ['clingo', '--verbose=0', '--outf=1', '-n', '0', ...options, `${folder}/program.lp`],
        { accepted: [10, 20, 30] },
      );
      // Of cautious reasoning only the end is printed: what holds in every model.
      const model =
        printed
          .trim()
          .split('\n')
          .filter((line) => /^(grade|raised|clear)/.test(line))
          .at(-1) ?? '';
      const found = [...model.matchAll(/(grade|raised|clear)\((\d+)(?:,(\w+))?\)/g)];
      return {
        verdicts: collect(
          subjects.length,
          found.map(([, what, at, grade]) => [what, Number(at), grade]),
        ),
        seconds,
      };
    },
  };
}

export const encodings = [
  encoding('negation as failure', 'what cannot be shown is false', 'score', method, []),
  encoding('every completion, cautious', 'what holds in every model', 'recorded', guess + method, [
    '--enum-mode=cautious',
  ]),
];
