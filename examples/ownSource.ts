import { lastValueFrom } from 'rxjs';
import { batchOf, DeviceIds, intoLog, openLog, play, type Fix, type FixBatch } from 'lastfix';

/** A source of your own: batches of fixes in arrival order, each made when it is asked for. */
async function* batches(): AsyncGenerator<FixBatch, void, undefined> {
  const devices = new DeviceIds(); // one for the whole stream
  for await (const fixes of received()) yield batchOf(fixes, devices);
}

/** Stands for a socket, a queue or a database. */
async function* received(): AsyncGenerator<readonly Fix[], void, undefined> {
  for (let second = 0; second < 3; second++) {
    const time = Date.UTC(2021, 9, 23, 12, 30, second) * 1000; // µs
    const place = { latitude: '52.5', longitude: `13.${second}`, speed: '30', extra: [] };
    yield await Promise.resolve([{ device: 'bus 7', event: time, arrival: time + 250_000, ...place }]);
  }
}

const log = await openLog('output/own.csv');
try {
  await lastValueFrom(play(batches(), intoLog(log), { rate: 60 }));
} finally {
  await log.close();
}
