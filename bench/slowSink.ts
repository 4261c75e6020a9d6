// Full speed into a sink that takes so many ms for each write: how far the source gets ahead of it, and the memory.
import { setTimeout as wait } from 'node:timers/promises';
import { lastValueFrom } from 'rxjs';
import { batchOf, DeviceIds, intoLog, play, type Commit, type Fix, type FixBatch, type Judged } from '../src/index.js';
import { sizeOf } from '../src/domain/FixBatch.js';

const [millis = 200, count = 200_000] = process.argv.slice(2).map(Number);
const BATCH = 8192;
const ids = new DeviceIds();
let [pulled, committed, most] = [0, 0, 0];

// eslint-disable-next-line @typescript-eslint/require-await -- a source is asynchronous
async function* fixes(): AsyncGenerator<FixBatch> {
  while (pulled < count) {
    const batch = Array.from({ length: BATCH }, (_, i): Fix => {
      const event = (pulled + i) * 1000;
      return {
        device: String(i % 400),
        arrival: event,
        event,
        latitude: '23.206205368041992',
        longitude: '76.27769470214844',
        speed: '11',
        extra: [],
      };
    });
    pulled += BATCH;
    most = Math.max(most, pulled - committed);
    yield batchOf(batch, ids);
  }
}

const sink = {
  take: ({ batch }: Judged) => sizeOf(batch),
  sizeOf: (fixes: number) => fixes,
  async commit(batch: readonly number[]): Promise<Commit> {
    if (millis > 0) await wait(millis);
    const settled = batch.reduce((a, b) => a + b);
    committed += settled;
    return { settled, written: settled, due: new Float64Array() };
  },
  end: () => Promise.resolve({ settled: 0, written: 0, due: new Float64Array() }),
};

await lastValueFrom(play(fixes(), intoLog(sink), { rate: Infinity }));
process.stdout.write(JSON.stringify({ most, mib: process.resourceUsage().maxRSS / 1024 }));
