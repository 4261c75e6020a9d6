import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Dice } from '../../../src/generate/Dice.js';
import { describedScene } from './describedScene.js';
import { expectScene, type Found } from './expectScene.js';
import type { Fault } from './FAULTS.js';
import { openScene } from './openScene.js';
import type { PrivateNetwork } from './PrivateNetwork.js';
import { messagesOf } from './messagesOf.js';
import { Program } from './Program.js';
import { recordingByChance } from './recordingByChance.js';
import { rowsIn } from './rowsIn.js';
import { STREAM, type Scene } from './Scene.js';

export interface StreamOrdeal {
  /** What is done in each round: several faults strike at once. */
  readonly rounds: readonly (readonly Fault[])[];
  readonly network?: PrivateNetwork | undefined;
  /** How many rows the recording of a round has, and for how long it is published, in s. */
  readonly rows: number;
  readonly seconds: number;
  /** Told what each round has survived. */
  readonly survived?: (faults: readonly Fault[], found: Found) => void;
}

const WORKERS = 2;
const PATIENCE = 120_000;
const PAUSE = 300;
/** How often it may turn out that something was still on its way. */
const TRIES = 5;

/**
 * Has a recording, an HTTP client and an MQTT client send into a cluster of brokers, and workers take it into a store; does
 * something to some of them meanwhile, lets all come to rest, and looks whether everything is as it should be. What is done
 * depends on the seed; when it strikes, also on the machine.
 *
 * @throws Error that tells the seed and the fault if anything is not as if nothing had happened
 */
export async function tortureStream(seed: number, ordeal: StreamOrdeal): Promise<{ readonly returns: number; readonly resets: number }> {
  const scene = await openScene(seed, ordeal.network);
  try {
    for (let i = 0; i < WORKERS; i++) scene.hire();
    for (const [round, faults] of ordeal.rounds.entries()) {
      try {
        ordeal.survived?.(faults, await survive(scene, faults, new Dice(seed * 1000 + round), { ...ordeal, round }));
      } catch (error) {
        const described = await describedScene(scene);
        throw new Error(`seed ${seed}, round ${round}, ${faults.map(({ name }) => name).join(', ')}: ${(error as Error).message}\n${described}`, { cause: error });
      }
    }
    const { returns, resets } = scene.events;
    return { returns, resets };
  } finally {
    await scene.close();
  }
}

type Round = StreamOrdeal & { readonly round: number };

/** One round. */
async function survive(scene: Scene, faults: readonly Fault[], dice: Dice, { rows, seconds, round }: Round): Promise<Found> {
  const { cluster, folder, ledger, http, mqtt, gateway, server, workers } = scene;
  const recording = recordingByChance(dice, ledger, { rows, seconds });
  const path = join(folder, `recording-${round}.csv`);
  writeFileSync(path, recording.text);
  ledger.give(recording.fixes);
  ledger.rejected += recording.rejected;
  const publisher = new Program('the publisher', ['replay', path, '--output', cluster.url(STREAM)], { again: ['--resume'] });
  try {
    await wait(dice.between(500, (seconds * 1000) / 2));
    await Promise.all(faults.map((fault) => fault.strike(scene, dice, publisher)));
    await within(publisher.ended(), publisher.name);
  } finally {
    await publisher.end('SIGKILL').catch(() => undefined);
  }
  ledger.acknowledge(recording.fixes);
  await within(http.pause(), 'the HTTP client');
  await within(mqtt.pause(), 'the MQTT client');
  const found = await atRest(scene);
  for (const { failure } of [gateway, server, ...workers]) if (failure) throw failure;
  http.goOn();
  mqtt.goOn();
  return found;
}

/** What a scene has when nothing is on its way any more: what Mosquitto gives again comes late, and is no fault. */
async function atRest(scene: Scene): Promise<Found> {
  const { cluster, postgres } = scene;
  for (let tries = 1; ; tries++) {
    const before = await arrived(scene);
    const draining = new Program('--drain', ['replay', cluster.url(STREAM), '--output', postgres.url(), '--drain']);
    try {
      await within(draining.ended(), draining.name);
    } catch (error) {
      await draining.end('SIGKILL').catch(() => undefined);
      throw new Error(`${(error as Error).message}: ${draining.said}`, { cause: error });
    }
    try {
      return await expectScene(scene);
    } catch (error) {
      if (tries === TRIES || (await arrived(scene)) === before) throw error;
    }
  }
}

/** Waits until the stream has all that was acknowledged: some of it may be with Mosquitto. How many fixes it has. */
async function arrived({ cluster, ledger: { acknowledged } }: Scene): Promise<number> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const { rows } = rowsIn(await messagesOf(cluster.addresses, STREAM));
    const there = new Set(rows.map(({ nr }) => nr));
    const missing = [...acknowledged].filter((nr) => !there.has(nr));
    if (missing.length === 0) return rows.length;
    if (performance.now() > deadline) throw new Error(`${missing.length} of ${acknowledged.size} acknowledged fixes never came into the stream, such as ${missing.slice(0, 3).join()}`);
    await wait(PAUSE);
  }
}

async function within<T>(work: Promise<T>, what: string): Promise<T> {
  const controller = new AbortController();
  const late = wait(PATIENCE, undefined, { signal: controller.signal }).then(() => {
    throw new Error(`${what} is not through after ${PATIENCE / 1000} s`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    controller.abort();
  }
}
