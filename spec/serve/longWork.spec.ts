import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { expect } from 'chai';
import { History } from '../../src/history/History.js';
import { formatInstant } from '../../src/domain/instant.js';
import { eventually } from '../support/eventually.js';
import { longestTurn } from '../support/longestTurn.js';
import { serving } from '../support/serving.js';
import { somethingElse } from '../support/somethingElse.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { upToDate } from '../support/upToDate.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const LATE_HEADER = HEADER.replace('\n', ',reason,latest_event_time\n');
const DEVICES = 20_000;
const FIXES = 100_000;
/**
 * ms of the processor: more on a slow machine, by what it takes to write the rows of the log. What is asked takes some
 * ten times as long at once; a collection of garbage may take some.
 */
let long = 100;

describe('work that takes long', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  /** Asks, and reads all of the answer. */
  const status = async (url: string) => {
    const [response] = (await once(get(url, { agent: false }), 'response')) as [import('node:http').IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response.statusCode;
  };

  before(async () => {
    const row = (device: string, arrival: number, event = arrival) =>
      `${formatInstant(arrival * 1000)},${device},10.5,70.25,3,${formatInstant(event * 1000)}\n`;
    const before = process.cpuUsage();
    const many = Array.from({ length: DEVICES * 3 }, (_, i) => row(`86210704${(i * 7919) % DEVICES}`, i));
    const one = Array.from({ length: FIXES }, (_, i) => row('one', DEVICES * 3 + i, (i * 7919) % FIXES));
    const { user, system } = process.cpuUsage(before);
    long = Math.max(long, (user + system) / 1000 / 3);
    writeFileSync(log(), HEADER + many.join('') + one.join(''));
    writeFileSync(at('log.late.csv'), LATE_HEADER);
    await upToDate(log());
  });

  const heavy = [
    ['/api/status', 200],
    ['/api/devices', 200],
    ['/api/fleet', 200],
    ['/api/fleet?by=event', 200],
    ['/api/fleet?format=csv', 200],
    ['/api/fleet?format=gpx', 200],
    ['/api/devices/8621070/fix', 404],
    [`/api/devices/${'x'.repeat(100)}/fix`, 404],
    ['/api/devices/one/trip', 200],
    ['/api/devices/one/trip?by=arrival', 200],
    ['/api/devices/one/track?limit=10000', 200],
    ['/api/devices/one/track?by=arrival&limit=10', 200],
    ['/api/devices/one/track?format=geojson', 200],
    ['/api/devices/one/track?by=arrival&format=kml', 200],
    ['/api/devices/one/fix?by=event&known_at=1970-01-01T00:01:00.5Z', 200],
  ] as const;
  it('should not hold the thread, whatever is asked', async () => {
    await serving(log(), async (url) => {
      const held: Record<string, number> = {};
      for (const [path, expected] of heavy)
        held[path] = await longestTurn(async () => {
          expect(await status(url.slice(0, -1) + path), path).to.equal(expected);
        });
      for (const [path, millis] of Object.entries(held)) expect(millis, path).to.be.lessThan(long);
    });
  });

  it('should not hold the thread while a client is told all that it has missed', async () => {
    await serving(log(), async (url) => {
      const millis = await longestTurn(async () => {
        const [response] = (await once(get(`${url}api/events?after=0-0-0`, { agent: false }), 'response')) as [
          import('node:http').IncomingMessage,
        ];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        await eventually(() => bytes > FIXES * 100);
        response.destroy();
      });
      expect(millis).to.be.lessThan(long);
    });
  });

  describe('without end', () => {
    const { trackInSteps } = Object.getOwnPropertyDescriptors(History.prototype);
    let steps = 0;
    before(() => {
      Object.defineProperty(History.prototype, 'trackInSteps', { ...trackInSteps, value: function* () { for (;; steps++) yield; } });
    });
    after(() => { Object.defineProperty(History.prototype, 'trackInSteps', trackInSteps); });

    it('should be ended when its client goes, and let others be answered meanwhile', async () => {
      await serving(log(), async (url) => {
        for (const path of ['trip', 'track', 'track?format=csv']) {
          const request = get(`${url}api/devices/one/${path}`, { agent: false }).on('error', () => undefined);
          const before = steps;
          await eventually(() => steps > before);
          expect(await status(`${url}api/status`)).to.equal(200);
          request.destroy();
          await eventually(() => {
            const [now, then] = [steps, last];
            last = now;
            return now === then;
          });
          await somethingElse();
          expect(steps).to.equal(last);
        }
      });
    });
    let last = 0;
  });
});
