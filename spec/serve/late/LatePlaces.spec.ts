import { appendFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Grid } from '../../../src/domain/Grid.js';
import { formatInstant } from '../../../src/domain/instant.js';
import { CsvPast } from '../../../src/history/CsvPast.js';
import { logPaths } from '../../../src/log/paths.js';
import { Turns } from '../../../src/rx/Turns.js';
import { LatePlaces } from '../../../src/serve/late/LatePlaces.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time';
const EVER = { by: 'arrival', from: -Infinity, to: Infinity, knownAt: Infinity } as const;
const WORLD = Grid.over({ west: -180, south: -90, east: 180, north: 90 }, 16);
const row = (at: number, reason = 'late') => `${formatInstant(at)},a,1,2,,${formatInstant(at - 5)},${reason},${formatInstant(at)}\n`;

describe('LatePlaces', () => {
  const at = temporaryFolder();
  let past: CsvPast;
  let places: LatePlaces;
  const open = async (most?: number) => {
    past = new CsvPast(at('log.csv'));
    places = new LatePlaces(logPaths(at('log.csv')), (await past.extent()).cursor, new Turns(), most);
  };
  const write = (rows: readonly string[]) => {
    writeFileSync(at('log.csv'), `${HEADER}\n`);
    writeFileSync(at('log.late.csv'), [`${HEADER},reason,latest_event_time\n`, ...rows].join(''));
  };
  /** Has it note what was appended. */
  const follow = async () => {
    for (let next = await past.appendedAfter(cursor); next; next = await past.appendedAfter(cursor)) {
      places.add(next);
      cursor = next.to;
    }
  };
  let cursor = '';
  const counted = async (span = {}) => (await places.counts({ ...EVER, ...span }, WORLD)).reduce((a, b) => a + b, 0);
  afterEach(() => past.close());

  for (const most of [undefined, 1, 3, 5000]) {
    it(`should count each late fix once, whether it was there, is appended while they are read, or afterwards, holding ${most ?? 'all'}`, async () => {
      write(Array.from({ length: 5000 }, (_, i) => row(i, i % 5 === 0 ? 'duplicate' : 'late')));
      await open(most);
      ({ cursor } = await past.extent());
      const first = counted();
      appendFileSync(at('log.late.csv'), [row(5001), row(5002)].join(''));
      await follow(); // while it reads
      expect(await first).to.be.oneOf([4000, 4002]);
      expect(await counted()).to.equal(4002);
      appendFileSync(at('log.late.csv'), [row(5003), row(5004, 'conflict')].join(''));
      await follow();
      expect(await counted()).to.equal(4003);
      expect(await counted({ from: 5001 })).to.equal(3);
      expect(await counted({ by: 'event', from: 4997, to: 4998 })).to.equal(2);
    });
  }

  for (const most of [undefined, 1]) {
    it(`should count those of another log that takes its place, and none of the one before, holding ${most ?? 'all'}`, async () => {
      write([row(1), row(2)]);
      await open(most);
      ({ cursor } = await past.extent());
      expect(await counted()).to.equal(2);
      write([row(7)]);
      await follow();
      expect(await counted()).to.equal(1);
      appendFileSync(at('log.late.csv'), row(8));
      await follow();
      expect(await counted()).to.equal(2);
    });
  }

  it('should read again what could not be read', async () => {
    write([row(1), 'x\n']);
    past = new CsvPast(at('log.csv'));
    write([row(1), row(2)]);
    await open();
    write([row(1), 'x'.repeat(row(2).length - 1) + '\n']);
    let failure = '';
    await counted().catch((error: unknown) => { failure = String(error); });
    expect(failure).to.include('lastfix did not write this');
    write([row(1), row(2)]);
    expect(await counted()).to.equal(2);
  });
});
