// Rounds: every side in turn, each in a fresh process, so that whatever slows the machine slows all; medians, and the
// spread.
import { spawn } from 'node:child_process';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

export const spread = (values) => [Math.min(...values), Math.max(...values)];

export const say = (text) => process.stderr.write(`${text}\n`);

let child = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // The whole group: a side may have started programs of its own.
    if (child !== null) {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        /* it has ended */
      }
    }
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}

// Answers the lines `NAME SECONDS SUBJECTS [MEGABYTES]` as { name: {...} }, `answer NAME ...` below `answers`, and what
// `wc` counted as `lines`.
export async function ask([program, ...words], seconds_max = 3600, cwd = undefined) {
  const printed = await new Promise((resolve, reject) => {
    child = spawn(program, words.map(String), { stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd });
    const [out, err] = [[], []];
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', (data) => err.push(data));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGKILL');
    }, seconds_max * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      child = null;
      if (late) resolve(null);
      else if (code !== 0) reject(new Error(`${program} ${words.join(' ')} ended with ${code}\n${Buffer.concat(err)}`));
      else resolve(Buffer.concat(out).toString());
    });
  });
  if (printed === null) return null;
  const found = { answers: {}, counts: {}, lines: Number.parseInt(printed, 10) };
  for (const line of printed.trim().split('\n')) {
    const [name, ...rest] = line.split(' ');
    if (name === 'answer') found.answers[rest[0]] = rest.slice(1).join(' ');
    else if (name === 'count') found.counts[rest[0]] = rest.slice(1).join(' ');
    else
      found[name] = { seconds: Number(rest[0]), subjects: Number(rest[1]), megabytes: Number(rest[2] ?? Number.NaN) };
  }
  return found;
}

// A side: { who, how, command, name }. Gives each its seconds, and what it answered. A side whose rounds together took
// more than `seconds_side` gets no further one, and the table says how many it had; one over `seconds_max` is ended and
// said so.
export async function rounds(sides, { count, seconds_side, seconds_max = 300, before = () => {} }) {
  const results = sides.map((side) => ({ ...side, seconds: [], megabytes: [], answer: null, counts: {}, late: false }));
  for (let round = 0; round < count; ++round) {
    for (const result of results) {
      if (result.late || result.seconds.reduce((sum, one) => sum + one, 0) > seconds_side) continue;
      before(result);
      const found = await ask(result.command, seconds_max, result.cwd);
      if (found === null) {
        result.late = true;
        continue;
      }
      const line = found[result.name];
      if (line === undefined) throw new Error(`${result.command.join(' ')} gave no line ${result.name}`);
      result.seconds.push(line.seconds);
      result.subjects = line.subjects;
      if (!Number.isNaN(line.megabytes)) result.megabytes.push(line.megabytes);
      Object.assign(result.counts, found.counts);
      result.answer = found.answers[result.name] ?? result.answer;
      result.bytes = found.bytes?.seconds ?? result.bytes;
    }
  }
  return results;
}

// Every form tried, up to three times where it is soon done, and the fastest of them. What they answer has to be the
// same.
export async function fastest(sides) {
  const tried = (await rounds(sides, { count: 3, seconds_side: 1 })).filter((side) => !side.late);
  check_answers(tried);
  const least = (side) => Math.min(...side.seconds);
  const best = tried.reduce((a, b) => (least(b) < least(a) ? b : a));
  say(`  ${best.who}: ${tried.map((side) => `${side.form} ${least(side).toFixed(3)}`).join(', ')}`);
  const { who, how, form, command, name } = best;
  return { who, how, form, command, name, tried: tried.map((side) => [side.form, least(side)]) };
}

// Sides that were asked the same have to have said the same.
export function check_answers(results) {
  const answered = results.filter((result) => result.answer !== null);
  for (const result of answered) {
    if (result.answer !== answered[0].answer) {
      throw new Error(
        `${answered[0].who} and ${result.who} differ on ${result.name}\n${answered[0].answer}\n` + result.answer,
      );
    }
  }
  const counted = results.filter((result) => Object.keys(result.counts).length > 0);
  for (const result of counted) {
    for (const [rule, count] of Object.entries(result.counts)) {
      const other = counted[0].counts[rule] ?? count;
      if (other === count) continue;
      throw new Error(`${counted[0].who} and ${result.who} differ on ${rule}\n${other}\n${count}`);
    }
  }
}
