// Writes the log of so many fixes of so many devices, without a recording: each device delivers the fixes of eight
// seconds at once, the newest first, so that a quarter of them are changes.
import { lastValueFrom } from 'rxjs';
import { batchOf, DeviceIds, intoLog, openLog, play, type Fix, type FixBatch } from '../src/index.js';

const [path = '', count = '1000000', devices = '400'] = process.argv.slice(2);
const START = Date.UTC(2021, 9, 23, 12) * 1000;
const SECOND = 1_000_000;
const BURST = 4;

// eslint-disable-next-line @typescript-eslint/require-await -- a source is asynchronous
async function* fixes(): AsyncGenerator<FixBatch> {
  const ids = new DeviceIds();
  const rounds = Math.ceil(Number(count) / Number(devices) / BURST);
  for (let round = 0; round < rounds; round++) {
    for (let device = 0; device < Number(devices); device++) {
      const burst = Array.from({ length: BURST }, (_, i): Fix => ({
        device: String(10_000 + device),
        arrival: START + ((round + 1) * 8 + device * (8 / Number(devices))) * SECOND + i * 137,
        event: START + ((round + 1) * BURST - i) * 2 * SECOND,
        latitude: (20 + (device % 9) + round / 1e5).toFixed(14),
        longitude: (76 + (device % 7) + i / 1e4).toFixed(14),
        speed: String((round + i) % 60),
        extra: [],
      }));
      yield batchOf(burst, ids);
    }
  }
}

const log = await openLog(path, { durable: false });
try {
  await lastValueFrom(play(fixes(), intoLog(log), { rate: Infinity }));
} finally {
  await log.close();
}
