// Runs an engine that is a program of its own on a text made for it, in a folder that is gone afterwards.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `files`: name to text. `command` is given the folder and answers [program, ...arguments]. Answers what it printed and
// the seconds it took as a whole. `accepted`: exit codes that mean it ended as it should.
export function run(files, command, { accepted = [0], input } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'assay_peer.'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const [program, ...rest] = command(folder);
    const begin = performance.now();
    const done = spawnSync(program, rest, { encoding: 'utf8', maxBuffer: 1 << 30, cwd: folder, input });
    const seconds = (performance.now() - begin) / 1000;
    if (done.error) throw done.error;
    if (!accepted.includes(done.status)) throw new Error(`${program} ended with ${done.status}\n${done.stderr}`);
    return { printed: done.stdout, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Verdicts from facts `grade(subject, name)`, `raised(subject)` and `clear(subject)`; whoever has none is undecided.
export function collect(count, facts) {
  const verdicts = Array.from({ length: count }, () => ({ grade: null, flag: null }));
  for (const [what, subject, grade] of facts) {
    if (what === 'grade') verdicts[subject].grade = grade;
    else verdicts[subject].flag = what === 'raised';
  }
  return verdicts;
}

export const cells = (subjects) =>
  subjects.flatMap((subject, at) => Object.entries(subject).map(([field, value]) => [at, field, value]));
