import { Dice } from '../../../src/generate/Dice.js';
import type { Found } from './expectScene.js';
import { FAULTS, type Fault } from './FAULTS.js';
import { whyNoPartitions } from './inOwnNetwork.js';
import { PrivateNetwork } from './PrivateNetwork.js';
import { roundsByChance } from './roundsByChance.js';
import { tortureStream } from './tortureStream.js';
import { whyNoCuts } from './whyNoCuts.js';

export interface Seeds {
  readonly from: number;
  readonly to: number;
  /** No seed is begun after so many minutes. */
  readonly minutes: number;
  /** Only faults that have this in their names. */
  readonly only: string;
}

/** Tortures a plant for each seed, and says what was survived. @throws as `tortureStream` */
export async function tortureStreams({ from, to, minutes, only }: Seeds): Promise<void> {
  const why = whyNoPartitions() ?? whyNoCuts();
  if (why !== undefined) say(`no broker is cut off the network: ${why}`);
  const network = why === undefined ? await PrivateNetwork.open() : undefined;
  const faults = FAULTS.filter(({ name, cutsNetwork }) => (network !== undefined || cutsNetwork !== true) && name.includes(only));
  const done = new Map<string, number>();
  const total = { plants: 0, rounds: 0, rows: 0, commits: 0, returns: 0, resets: 0 };
  const until = performance.now() + minutes * 60_000;
  try {
    for (let seed = from; seed <= to && performance.now() < until; seed++) {
      let last: Found = { rows: 0, commits: 0 };
      const survived = (struck: readonly Fault[], found: Found) => {
        say(`seed ${seed}: ${namesOf(struck)}: ${found.rows} rows in ${found.commits} commits are right`);
        for (const { name } of struck) done.set(name, (done.get(name) ?? 0) + 1);
        last = found;
        total.rounds++;
      };
      const rounds = roundsByChance(new Dice(seed), faults);
      const { returns, resets } = await tortureStream(seed, { rounds, network, rows: 3000, seconds: 6, survived });
      for (const [name, count] of Object.entries({ plants: 1, ...last, returns, resets })) total[name as keyof typeof total] += count;
    }
  } finally {
    network?.close();
  }
  for (const [fault, count] of [...done].sort()) say(`${String(count).padStart(5)} x ${fault}`);
  const { plants, rounds, rows, commits, returns, resets } = total;
  say(`${plants} plants survived ${rounds} rounds: ${rows} rows in ${commits} commits are as if nothing had happened,`);
  say(`and clients of the events that went on ${returns} times, and ${resets} times anew, were told each row's last verdict`);
}

function namesOf(faults: readonly Fault[]): string {
  return faults.map(({ name }) => name).join(', ');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
