import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Dice } from '../../src/generate/Dice.js';
import { faultOf } from '../../src/store/faultOf.js';
import { openDatabase } from '../../src/store/openDatabase.js';
import { openSchema } from '../../src/store/openSchema.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { partsByChance, rowsByChance } from '../support/arbitraryStoreRows.js';
import type { PostgresServer } from '../support/PostgresServer.js';
import { expectStore, StoreFollower } from '../support/storeModel.js';

const WRITER = fileURLToPath(new URL('storeWriter.js', import.meta.url));
const WRITERS = 4;

export interface StoreOrdeal {
  /** How many rows there are, in all parts of all writers, and in one part at most. */
  readonly rows: number;
  readonly most: number;
  /** How often a writer is killed, and the server stopped at once. */
  readonly kills: number;
  readonly stops: number;
}

/**
 * Has four processes write shuffled parts of a recording into a store, in which rows tie, conflict and come twice; kills
 * processes with SIGKILL and stops the server without a checkpoint meanwhile. What they do depends on the seed; when they
 * are struck, also on the machine.
 *
 * @throws AssertionError if a row, a verdict, a count, a latest fix or what a follower was told is not as if all rows had
 * come in their order, once
 */
export async function tortureStore(seed: number, server: PostgresServer, folder: string, ordeal: StoreOrdeal): Promise<void> {
  const dice = new Dice(seed);
  const rows = rowsByChance(dice, ordeal.rows);
  const url = storeUrl(server.url());
  const database = await openDatabase(url);
  await database.query('drop schema if exists lastfix cascade');
  await openSchema(database, { shown: url.shown, writes: true });
  const shares = Array.from({ length: WRITERS }, () => rows.filter(() => dice.happens(1.4 / WRITERS)));
  shares[0]!.push(...rows); // so that each row is sent once at least
  const writers = shares.map((share, i) => new Writer(server.url(), join(folder, `parts-${i}.json`), partsByChance(dice, share, ordeal.most)));
  const follower = new StoreFollower();
  const isDone = { yet: false };
  const following = (async () => {
    while (!isDone.yet) {
      await follower.follow(database).catch((error: unknown) => {
        if (faultOf(error) !== 'unreachable') throw error; // the server may be away
      });
      await wait(20);
    }
  })();
  const done = Promise.all(writers.map((writer) => writer.finish()));
  try {
    const strikes = dice.shuffled([...Array<boolean>(ordeal.kills).fill(false), ...Array<boolean>(ordeal.stops).fill(true)]);
    for (const isStop of strikes) {
      await Promise.race([wait(dice.between(50, 700)), done]);
      if (!isStop) dice.one(writers).kill();
      else {
        server.stop('immediate');
        await wait(dice.between(0, 500));
        server.again();
      }
    }
    await done;
    isDone.yet = true;
    await following;
    await expectStore(database, rows, follower);
  } finally {
    isDone.yet = true;
    for (const writer of writers) writer.end();
    await Promise.allSettled([done, following]);
    await database.close();
  }
}

/** A process that commits parts; when it is killed, another goes on with the part that was not said to be committed. */
class Writer {
  readonly #url: string;
  readonly #path: string;
  readonly #parts: number;
  #next = 0;
  #isEnded = false;
  #kill: () => void = () => undefined;

  constructor(url: string, path: string, parts: readonly unknown[]) {
    writeFileSync(path, JSON.stringify(parts));
    this.#url = url;
    this.#path = path;
    this.#parts = parts.length;
  }

  kill(): void {
    this.#kill();
  }

  /** Ends it for good. */
  end(): void {
    this.#isEnded = true;
    this.#kill();
  }

  async finish(): Promise<void> {
    while (this.#next < this.#parts && !this.#isEnded) {
      const child = spawn(process.execPath, [WRITER, this.#url, this.#path, String(this.#next)], { stdio: ['ignore', 'pipe', 'pipe'] });
      this.#kill = () => child.kill('SIGKILL');
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      createInterface(child.stdout).on('line', (line) => (this.#next = Number(line) + 1));
      const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      const isAway = /cannot reach|it is starting or stopping/.test(said); // a writer that starts then ends, as a program should
      if (status !== 0 && signal !== 'SIGKILL' && !isAway) throw new Error(`a writer ended with ${status ?? signal}: ${said}`);
      if (status !== 0 && signal === null) await wait(100);
    }
  }
}
