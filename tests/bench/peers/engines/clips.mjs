// CLIPS (Debian's clips package): facts asserted, rules run forward. The time is that of `run`, with the matching that
// goes before it as facts are loaded.
import { sum_bands } from '../sql/names.mjs';
import { cells, collect, run } from './process.mjs';

let below = 37;
const bands = [...sum_bands, [0, 'inadequate']]
  .map(([least, name]) => {
    const rule = `(defrule ${name} (total (of ?s) (sum ?t&:(and (>= ?t ${least}) (< ?t ${below})))) =>
  (printout t "grade " ?s " ${name}" crlf))`;
    below = least;
    return rule;
  })
  .join('\n');

const program = `
(deftemplate council (slot id))
(deftemplate score (slot of) (slot field) (slot value))
(deftemplate total (slot of) (slot sum))
(deftemplate added (slot of) (slot field))
(defrule begin (declare (salience 20)) (council (id ?s)) => (assert (total (of ?s) (sum 0))))
(defrule add (declare (salience 10)) (score (of ?s) (field ?f) (value ?v)) ?t <- (total (of ?s) (sum ?sum))
  (not (added (of ?s) (field ?f))) => (assert (added (of ?s) (field ?f))) (modify ?t (sum (+ ?sum ?v))))
${bands}
(defrule raised (council (id ?s)) (exists (score (of ?s) (value 1))) => (printout t "raised " ?s crlf))
(defrule clear (council (id ?s)) (not (score (of ?s) (value 1))) => (printout t "clear " ?s crlf))
`;

export const encodings = [
  {
    name: '(not (score ...))',
    says: 'no such fact is asserted',
    async decide(subjects) {
      const facts =
        subjects.map((_, at) => `(council (id ${at}))`).join('\n') +
        '\n' +
        cells(subjects)
          .map(([at, field, value]) => `(score (of ${at}) (field ${field}) (value ${value}))`)
          .join('\n');
      const batch = `(load "program.clp")\n(reset)\n(bind ?*begin* (time))\n(load-facts "facts.txt")\n(run)
(printout t "took " (- (time) ?*begin*) crlf)\n(exit)\n`;
      const files = {
        'program.clp': `(defglobal ?*begin* = 0)\n${program}`,
        'facts.txt': `${facts}\n`,
        'batch.clp': batch,
      };
      const { printed } = run(files, () => ['clips', '-f2', 'batch.clp']);
      const found = [...printed.matchAll(/^(grade|raised|clear) (\d+)(?: (\w+))?\r?$/gm)].map(([, what, at, grade]) => [
        what,
        Number(at),
        grade,
      ]);
      return { verdicts: collect(subjects.length, found), seconds: Number(/took ([0-9.]+)/.exec(printed)[1]) };
    },
  },
];
