import { setTimeout as wait } from 'node:timers/promises';
import type { Dice } from '../../../src/generate/Dice.js';
import type { Database } from '../../../src/store/Database.js';
import type { Program } from './Program.js';
import { STREAM, type Scene } from './Scene.js';

/** What is done to a scene, while a recording is published. */
export interface Fault {
  readonly name: string;
  /** To what it is done: two faults of the same do not happen at once. */
  readonly to: 'workers' | 'brokers' | 'database' | 'gateway' | 'Mosquitto' | 'publisher' | 'server';
  /** Whether the scene has to have a network of its own. */
  readonly cutsNetwork?: boolean;
  strike(scene: Scene, dice: Dice, publisher: Program): Promise<void>;
}

/** How long a lease is good for, and more, in ms. */
const LONG_STOP = 8000;

/** All that may happen. When it has been done to a scene, that has all it had before. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'a worker is killed',
    to: 'workers',
    strike: async ({ workers }, dice) => {
      for (let left = dice.whole(1, 3); left > 0; left--) {
        dice.one(workers).kill();
        await wait(dice.between(0, 1500));
      }
    },
  },
  {
    name: 'the leader of the stream is killed',
    to: 'brokers',
    strike: async ({ cluster }, dice) => {
      const leader = await cluster.leaderOf(STREAM);
      await leader.kill();
      await wait(dice.between(500, 4000));
      await leader.start();
    },
  },
  {
    name: 'two of three brokers are killed',
    to: 'brokers',
    strike: async ({ cluster }, dice) => {
      const two = dice.shuffled(cluster.servers).slice(1);
      await Promise.all(two.map((server) => server.kill()));
      await wait(dice.between(500, 4000));
      await Promise.all(two.map((server) => server.start()));
    },
  },
  {
    name: 'a worker stands still for 8 s',
    to: 'workers',
    strike: async ({ workers }, dice) => {
      const worker = dice.one(workers);
      worker.pause();
      await wait(LONG_STOP);
      worker.goOn();
    },
  },
  {
    name: 'the database stops at once',
    to: 'database',
    strike: async ({ postgres }, dice) => {
      postgres.stop('immediate');
      await wait(dice.between(0, 3000));
      postgres.again();
    },
  },
  {
    name: 'a broker is cut off',
    to: 'brokers',
    cutsNetwork: true,
    strike: async ({ network, cluster }, dice) => {
      const leader = cluster.servers.indexOf(await cluster.leaderOf(STREAM));
      const place = dice.happens(0.6) ? leader : dice.whole(0, 2);
      network!.cut(place, dice.happens(0.4));
      await wait(dice.between(3000, 9000));
      network!.heal(place);
    },
  },
  {
    name: 'workers become four, then one',
    to: 'workers',
    strike: async (scene, dice) => {
      const { workers } = scene;
      const [before] = workers;
      while (workers.length < 4) scene.hire();
      await wait(dice.between(2000, 4000));
      for (const worker of dice.shuffled(workers).filter((each) => each !== before)) {
        workers.splice(workers.indexOf(worker), 1);
        await worker.end(dice.happens(0.7) ? 'SIGTERM' : 'SIGKILL');
      }
      await wait(dice.between(0, 1500));
      scene.hire();
    },
  },
  {
    name: 'the gateway is killed',
    to: 'gateway',
    strike: async ({ gateway }, dice) => {
      for (let left = dice.whole(1, 2); left > 0; left--) {
        gateway.kill();
        await wait(dice.between(0, 2500));
      }
    },
  },
  {
    name: 'Mosquitto is stopped', // in order: what it has acknowledged is in its memory, and is gone when it is killed
    to: 'Mosquitto',
    strike: async ({ mosquitto }, dice) => {
      await mosquitto.stop();
      await wait(dice.between(0, 2000));
      await mosquitto.resume();
    },
  },
  {
    name: 'the database is restored from a backup',
    to: 'database',
    strike: async ({ postgres, database }, dice) => {
      postgres.stop();
      postgres.backUp();
      postgres.again();
      await committed(database, dice.whole(2, 6));
      postgres.stop('immediate');
      postgres.restore();
      postgres.again();
    },
  },
  {
    name: 'the publisher is killed',
    to: 'publisher',
    strike: async (_, dice, publisher) => {
      for (let left = dice.whole(1, 2); left > 0; left--) {
        publisher.kill();
        await wait(dice.between(0, 1500));
      }
    },
  },
  {
    name: 'the server of the store is killed',
    to: 'server',
    strike: ({ server }) => {
      server.kill();
      return Promise.resolve();
    },
  },
];

/** Waits for some commits, which are to be lost. */
async function committed(database: Database, count: number): Promise<void> {
  const last = async () => (await database.query<{ pos: number }>('select pos from lastfix.head')).rows[0]!.pos;
  const to = (await last().catch(last)) + count; // a connection that was lost fails once
  while ((await last()) < to) await wait(50);
}
