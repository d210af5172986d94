// An engine that decides subject by subject, as a side of the measurement:  node engine.mjs ENGINE WORKLOAD SUBJECTS
// FOLDER reads the generated CSV and times its first encoding. Within one process it goes twice, so that what is
// compiled while running is compiled; a program of its own starts anew each time.
import { readFileSync } from 'node:fs';
import { scores } from './sql/names.mjs';

const [engine, workload, subjects, folder] = process.argv.slice(2);

const read = () =>
  readFileSync(`${folder}/${workload}.csv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, ...cells] = line.split(',');
      return Object.fromEntries(
        scores
          .map((name, i) => [name, cells[i]])
          .filter(([, cell]) => cell !== '')
          .map(([name, cell]) => [name, Number(cell)]),
      );
    });

const {
  encodings: [encoding],
} = await import(`./engines/${engine}.mjs`);
const input = read();
let done = await encoding.decide(input);
if (!['clingo', 'clips', 'prolog'].includes(engine)) {
  console.log(`${workload}.first ${done.seconds} ${subjects}`);
  done = await encoding.decide(input);
}
console.log(`${workload} ${done.seconds} ${subjects}`);
