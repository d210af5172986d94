// SWI-Prolog: facts compiled as a source file, a rule a question. The time is that of the questions, without loading.
import { sum_bands } from '../sql/names.mjs';
import { cells, collect, run } from './process.mjs';

const bands = sum_bands.map(([least, name]) => `band(T, ${name}) :- T >= ${least}, !.`).join('\n');
const program = (last) => `
:- use_module(library(aggregate)).
${bands}
band(_, inadequate).
total(S, T) :- aggregate_all(sum(V), score(S, _, V), T).
grade(S, G) :- total(S, T), band(T, G).
raised(S) :- score(S, _, 1), !.
clear(S) :- \\+ raised(S).
answers(Gs) :- findall(S-G-F, (between(0, ${last}, S), grade(S, G), (clear(S) -> F = clear ; F = raised)), Gs).
main :- statistics(walltime, _), answers(Gs), statistics(walltime, [_, Ms]),
  forall(member(S-G-F, Gs), format("~w ~w ~w~n", [S, G, F])), format("took ~w~n", [Ms]).
`;

export const encodings = [
  {
    name: 'negation as failure',
    says: '\\+ raised(S): what cannot be shown is false',
    async decide(subjects) {
      const facts =
        ':- discontiguous score/3.\n' +
        cells(subjects)
          .map(([at, field, value]) => `score(${at}, ${field}, ${value}).`)
          .join('\n');
      const { printed } = run({ 'program.pl': facts + program(subjects.length - 1) }, (folder) => [
        'swipl',
        '-q',
        '--stack-limit=4g',
        '-g',
        'main',
        '-t',
        'halt',
        `${folder}/program.pl`,
      ]);
      const found = [...printed.matchAll(/^(\d+) (\w+) (\w+)$/gm)].flatMap(([, at, grade, flag]) => [
        ['grade', Number(at), grade],
        [flag, Number(at)],
      ]);
      return { verdicts: collect(subjects.length, found), seconds: Number(/took (\d+)/.exec(printed)[1]) / 1000 };
    },
  },
];
