import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Dice } from '../../src/generate/Dice.js';
import { generateRecording, logPaths } from '../../src/index.js';
import { MAIN, says } from '../support/lastfix.js';

const ROWS = ['changes', 'late', 'rejected'] as const;

/** What a run went through. */
export interface Ordeal {
  readonly kills: number;
  readonly tears: number;
}

/**
 * Plays a made-up recording at a high rate into a log, kills it with SIGKILL at a random moment, perhaps tears
 * its files, resumes it, perhaps kills it again, and lets it end. What it does depends on the seed; when the
 * kill strikes, also on the machine.
 *
 * @throws Error that tells the seed, if ever a file is no beginning of what it must be in the end.
 */
export async function torture(seed: number, folder: string): Promise<Ordeal> {
  const dice = new Dice(seed);
  const input = join(folder, 'recording.csv');
  const { text, seconds } = recording(dice);
  writeFileSync(input, text);
  const shared = ['replay', input, ...(dice.happens(0.3) ? ['--coalesce'] : [])];
  const [whole, broken] = [logPaths(join(folder, 'whole.csv')), logPaths(join(folder, 'broken.csv'))];
  await run([...shared, '--rate', 'max', '--output', whole.changes]);

  const ordeal = { kills: 0, tears: 0 };
  for (let rounds = dice.whole(1, 4); rounds >= 1; rounds--) {
    const sync = dice.one(['always', 'second', 'never']);
    const rate = dice.happens(0.2) ? 'max' : String(Math.ceil(seconds / dice.between(0.3, 2)));
    const resuming = [
      ...shared,
      '--resume',
      '--rate',
      rate,
      '--flush',
      `${dice.whole(1, 40)}ms`,
      '--sync',
      sync,
      '--output',
      broken.changes,
    ];
    if (await killed(resuming, dice)) ordeal.kills++;
    for (const kind of ROWS) {
      if (!existsSync(broken[kind])) continue; // killed before it began
      if (!isBeginning(broken[kind], whole[kind]))
        throw new Error(`seed ${seed}: killed, ${broken[kind]} is no beginning of ${whole[kind]}`);
      if (dice.happens(0.5) && tear(broken[kind], dice)) ordeal.tears++;
    }
  }
  await run([...shared, '--resume', '--rate', 'max', '--output', broken.changes]);
  for (const kind of ROWS) {
    if (!readFileSync(broken[kind]).equals(readFileSync(whole[kind])))
      throw new Error(`seed ${seed}: resumed, ${broken[kind]} differs from ${whole[kind]}`);
  }
  if (existsSync(broken.lock)) throw new Error(`seed ${seed}: ${broken.lock} was left behind`);
  const known = [input, ...Object.values(whole), ...Object.values(broken)];
  const [left] = readdirSync(folder).filter((name) => !known.includes(join(folder, name)));
  if (left !== undefined) throw new Error(`seed ${seed}: ${left} was left behind`);
  for (const path of known) rmSync(path, { force: true });
  return ordeal;
}

/** A recording with rows that are not fixes, and a extra column with quotes and line breaks in it. */
function recording(dice: Dice): { readonly text: string; readonly seconds: number } {
  const seconds = dice.whole(20, 200);
  const made = [...generateRecording({ devices: dice.whole(1, 12), duration: seconds * 1000, seed: dice.whole(1, 1e6) })];
  const [header = '', ...rows] = made.join('').trimEnd().split('\n');
  const notes = ['plain', '', '"two\nlines"', '"2021-10-23T12:30:03.385959Z,\n""quoted"""'];
  const noted = rows.map((row) => (dice.happens(0.01) ? 'no,fix' : `${row},${dice.one(notes)}`));
  return { text: `${[`${header},note`, ...noted].join('\n')}\n`, seconds };
}

/** Runs lastfix to its end. */
async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`lastfix ${args.join(' ')} ended with ${String(status)}: ${said}`);
}

/** Runs lastfix and kills it: while it starts, or while it plays. Whether it was alive then. */
async function killed(args: readonly string[], dice: Dice): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close') as Promise<[status: number | null, signal: NodeJS.Signals | null]>;
  if (dice.happens(0.7)) await Promise.race([says(child, /playing/), ended]);
  await Promise.race([wait(dice.between(0, 700)), ended]);
  child.kill('SIGKILL');
  const [status, signal] = await ended;
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(`lastfix ${args.join(' ')} ended with ${String(status)} before it was killed`);
  return signal === 'SIGKILL';
}

/** Whether a file is a beginning of another, up to the zeros that `tear` may have left in it. */
function isBeginning(path: string, ofPath: string): boolean {
  const all = readFileSync(path);
  const bytes = all.includes(0) ? all.subarray(0, all.indexOf(0)) : all;
  return bytes.equals(readFileSync(ofPath).subarray(0, bytes.length));
}

/** Cuts a file at a random byte, as a power cut may, or leaves zeros from there on. Whether there was anything to tear. */
function tear(path: string, dice: Dice): boolean {
  const { size } = statSync(path);
  const from = Math.floor(dice.happens(0.5) ? dice.between(0, size) : dice.between(Math.max(0, size - 300), size));
  if (from === size) return false;
  truncateSync(path, from);
  if (dice.happens(0.3)) {
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(size - from), 0, size - from, from);
    closeSync(file);
  }
  return true;
}
