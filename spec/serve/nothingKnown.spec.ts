import { expect } from 'chai';
import { formatInstant } from '../../src/domain/instant.js';
import { Turns } from '../../src/rx/Turns.js';
import type { Context } from '../../src/serve/Context.js';
import { httpServer } from '../../src/serve/httpServer.js';
import { KnownDevices } from '../../src/serve/KnownDevices.js';
import { fixRoute } from '../../src/serve/routes/fixRoute.js';
import { trackRoute } from '../../src/serve/routes/trackRoute.js';
import { tripRoute } from '../../src/serve/routes/tripRoute.js';
import { SqlPast } from '../../src/store/past/SqlPast.js';
import { pglite } from '../support/pglite.js';
import { playStore } from '../support/playStore.js';
import { unclosed } from '../support/unclosed.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1e3;
const second = (count: number) => formatInstant(NOON + count * 1e6);
const RECORDING = `device_fk_id,latitude,longitude,time_stamp,sts,speed\na,1,2,${second(0)},${second(1)},\na,1,2,${second(2)},${second(9)},\n`;

interface Answer {
  readonly error?: string;
  readonly final_until: string | null;
}

describe('nothingKnown, of a store', () => {
  const database = pglite();

  it('should say until when it is final that nothing is known, or that nobody promises that', async () => {
    const past = new SqlPast(unclosed(database()));
    const known = new KnownDevices();
    const finalUntil = async () => (await past.extent()).finalUntil;
    const context = { served: { kind: 'store', finalUntil }, past, now: () => 0, turns: new Turns(), devices: () => Promise.resolve(known) };
    const app = await httpServer({ version: '0', token: undefined, tiles: undefined, onError: () => undefined, maxClients: 1, patience: 5000 });
    for (const route of [fixRoute, trackRoute, tripRoute]) route(app, context as unknown as Context);
    const ask = async (path: string) => {
      const { statusCode, body } = await app.inject({ url: `/api/devices/${path}`, headers: { host: '127.0.0.1' } });
      const { error, final_until } = JSON.parse(body) as Answer;
      return [statusCode, error, final_until];
    };
    const nothing = [
      ['b/fix', 'unknown'],
      ['b/track', 'unknown'],
      ['b/trip', 'unknown'],
      [`a/fix?at=${second(0)}`, 'later'],
      [`a/fix?at=${second(8)}&max_age=1s`, 'too-old'],
      [`a/trip?from=${second(5)}`, 'later'],
      [`a/track?from=${second(5)}&format=csv`, 'later'],
    ] as const;
    try {
      const expectAll = async (until: string | null) => {
        for (const [path, error] of nothing) expect([path, ...(await ask(path))]).to.deep.equal([path, 404, error, until]);
      };
      await playStore(RECORDING, database(), { until: NOON + 1e6 });
      await expectAll(formatInstant(NOON + 1e6 - 1)); // more may come with the same arrival
      await playStore(RECORDING, database());
      await expectAll(second(9));
      await database().query("insert into lastfix.partitions (stream, partition) values ('gps', 0)"); // which has promised nothing yet
      await expectAll(null);
    } finally {
      await app.close();
    }
  });
});
