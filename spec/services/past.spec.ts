import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Moment, Past, Span, TrackPage } from '../../src/domain/Past.js';
import { CsvPast } from '../../src/history/CsvPast.js';
import { generateRecording } from '../../src/index.js';
import { openStorePast } from '../../src/store/past/openStorePast.js';
import { SqlPast } from '../../src/store/past/SqlPast.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { itShouldBeAPast } from '../support/pastSuite.js';
import { playFile } from '../support/playFile.js';
import { playStore } from '../support/playStore.js';
import { runs } from '../support/runs.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { unclosed } from '../support/unclosed.js';
import { ownDatabase } from './ownDatabase.js';

describe('SqlPast over PostgreSQL', () => {
  const own = ownDatabase();
  itShouldBeAPast(() => ({
    past: new SqlPast(unclosed(own().database)),
    play: async (recording, until, isMore) => {
      if (!isMore) await own().database.query('drop schema if exists lastfix cascade');
      await playStore(recording, own().database, { until });
    },
  }));
});

describe('a store beside the log of the same recording', () => {
  const at = temporaryFolder();
  const own = ownDatabase();
  let [log, store]: Past[] = [];
  let moments: readonly number[];
  before(async () => {
    const recording = [...generateRecording({ devices: 8, duration: 1_200_000, seed: 7 })].join('');
    writeFileSync(at('recording.csv'), recording);
    await playFile(at('recording.csv'), at('log.csv'));
    await playStore(recording, own().database);
    log = new CsvPast(at('log.csv'));
    store = await openStorePast(storeUrl(own().url));
    const { start, end, rows } = await log.extent();
    expect(rows).to.be.above(4000);
    moments = [start! - 10e6, start!, end!, end! + 10e6];
  });
  after(() => Promise.all([log!.close(), store!.close()]));

  const instant = () => {
    const [before, start, end, after] = moments as [number, number, number, number];
    const backlog = fc.integer({ min: before - 8 * 3600e6, max: before });
    return fc.oneof(
      { weight: 7, arbitrary: fc.integer({ min: start, max: end }) },
      { weight: 2, arbitrary: backlog },
      { weight: 1, arbitrary: fc.constantFrom(before, start, end, after) },
    );
  };
  const momentOf = () =>
    fc
      .tuple(
        fc.record<Moment>(
          { at: instant(), by: fc.constantFrom('event', 'arrival'), knownAt: instant(), maxAge: fc.integer({ min: 0, max: 100_000 }) },
          { requiredKeys: [] },
        ),
        fc.integer({ min: 0, max: 60e6 }),
        fc.boolean(),
      )
      .map(([moment, later, isSoon]) => (isSoon && moment.at !== undefined ? { ...moment, knownAt: moment.at + later } : moment));
  const deviceOf = async () => fc.constantFrom('nobody', ...(await log!.devices()));
  /** Asks both, and compares what they say. */
  const same = async <T>(ask: (past: Past) => Promise<T>) => {
    expect(await ask(store!)).to.deep.equal(await ask(log!));
  };

  it('should answer as that about any device at any moment, on both clocks, whatever was known then', async () => {
    await fc.assert(
      fc.asyncProperty(await deviceOf(), momentOf(), (device, moment) => same((past) => past.newest(device, moment))),
      runs(3000),
    );
  });

  it('should answer as that about all devices', async () => {
    await fc.assert(
      fc.asyncProperty(momentOf(), (moment) =>
        same(async (past) => {
          const { asked, fixes } = await past.newestOfAll(moment);
          return { asked, fixes };
        }),
      ),
      runs(100),
    );
  });

  it('should give tracks as that, in pages of any size', async () => {
    const spanOf = fc.record<Span>({ by: fc.constantFrom('event', 'arrival'), from: instant(), to: instant(), knownAt: instant() });
    const options = fc.record({ limit: fc.integer({ min: 1, max: 2000 }), copies: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(await deviceOf(), spanOf, options, (device, span, options) =>
        same(async (past) => {
          const pages: TrackPage[] = [];
          for await (const page of past.track(device, span, options)) pages.push(page);
          return pages.map(({ next, cursor, ...page }) => ({ ...page, isLast: next === undefined, hasEnd: past.isCursor(cursor) }));
        }),
      ),
      runs(300),
    );
  });

  it('should have the same reach, devices, first fixes and counts', async () => {
    await same(async (past) => {
      const { cursor, finalUntil, ...extent } = await past.extent();
      expect(finalUntil).to.equal(past === store ? extent.end : undefined); // no run of a log promises
      return { ...extent, hasEnd: past.isCursor(cursor) };
    });
    await same((past) => past.devices());
    for (const device of await log!.devices()) await same((past) => past.first(device));
    for (const by of ['event', 'arrival'] as const)
      await same(async (past) => {
        const { cursor, ...counts } = await past.histogram({ by, from: -Infinity, to: Infinity }, 50);
        return { ...counts, hasEnd: past.isCursor(cursor) };
      });
  });
});
