import { expect } from 'chai';
import fc from 'fast-check';
import type { Past } from '../../../src/domain/Past.js';
import { batchOf, DeviceIds, formatInstant, type Fix } from '../../../src/index.js';
import { GroupedRows } from '../../../src/store/GroupedRows.js';
import { openSchema } from '../../../src/store/openSchema.js';
import { openStore } from '../../../src/store/openStore.js';
import { SqlPast } from '../../../src/store/past/SqlPast.js';
import type { Store } from '../../../src/store/Store.js';
import { pglite } from '../../support/pglite.js';
import { playStore } from '../../support/playStore.js';
import { runs } from '../../support/runs.js';
import { unclosed } from '../../support/unclosed.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const NOON = Date.UTC(2021, 9, 23, 12) * 1e3;
const PLACE = { latitude: '1', longitude: '1', speed: '', extra: [] };
const row = (second: number) => `7,52.5,13.4,${formatInstant(NOON + second * 1e6)},${formatInstant(NOON + second * 1e6)},\n`;

const arbitraryFix = fc
  .record({ device: fc.constantFrom('a', 'b', 'c'), arrival: fc.nat({ max: 20 }), event: fc.nat({ max: 12 }), latitude: fc.constantFrom('1', '2') })
  .map(({ arrival, event, ...rest }): Fix => ({ ...rest, arrival: NOON + arrival, event: NOON - 6 + event, longitude: '0', speed: '', extra: [] }));
/** The fixes of a recording in arrival order, cut into what is committed together. */
const arbitraryRecording = fc
  .tuple(fc.array(arbitraryFix, { maxLength: 25 }), fc.integer({ min: 1, max: 6 }))
  .map(([fixes, size]) => {
    const sorted = [...fixes].sort((a, b) => a.arrival - b.arrival);
    return Array.from({ length: Math.ceil(sorted.length / size) }, (_, i) => sorted.slice(i * size, (i + 1) * size));
  });

const arbitraryRecordings = fc.array(arbitraryRecording, { minLength: 1, maxLength: 3 });

describe('finalUntil', () => {
  const database = pglite();
  let past: Past;
  beforeEach(() => (past = new SqlPast(unclosed(database()))));
  const finalUntil = async () => (await past.extent()).finalUntil;
  const opened = (source: string) => openStore(unclosed(database()), { shown: 'the store', source });
  const commit = (store: Store, fixes: readonly Fix[], devices = new DeviceIds()) =>
    store.commit([new GroupedRows(store.take(batchOf(fixes, devices)))]);
  const fixAt = (second: number): Fix => ({ device: '7', arrival: NOON + second * 1e6, event: NOON, ...PLACE });
  const partition = (stream: string, number: number, until: number | null) =>
    database().query(
      `insert into lastfix.partitions (stream, partition, until_arrival) values ($1, $2, $3)
      on conflict (stream, partition) do update set until_arrival = excluded.until_arrival`,
      [stream, number, until === null ? null : formatInstant(NOON + until * 1e6)],
    );

  /** All that was known at a moment, by either clock, and how the devices got there. */
  const knownAt = async (at: number) => {
    const tracks = [];
    for (const device of ['a', 'b', 'c']) {
      for (const by of ['arrival', 'event'] as const) {
        const span = { by, from: -Infinity, to: by === 'arrival' ? at : Infinity, knownAt: at };
        for await (const page of past.track(device, span)) tracks.push(page.fixes);
      }
    }
    const fleets = [await past.newestOfAll({ at }), await past.newestOfAll({ by: 'event', knownAt: at, at: NOON })];
    return { tracks, fleets: fleets.map(({ fixes }) => fixes.map(({ fix }) => fix)) };
  };

  it('should be kept: no answer about what had arrived by then ever changes, whatever the order in which recordings are committed', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecordings, fc.infiniteStream(fc.nat()), async (recordings, chance) => {
        await database().query('drop schema if exists lastfix cascade');
        const stores: Store[] = [];
        for (const [i] of recordings.entries()) stores.push(await opened(String(i)));
        expect(await finalUntil()).to.equal(undefined);
        const devices = new DeviceIds();
        const open = recordings.map((parts, i) => ({ store: stores[i]!, parts: [...parts] }));
        const promised: { readonly until: number; readonly known: unknown }[] = [];
        while (open.length > 0) {
          const at = chance.next().value % open.length;
          const { store, parts } = open[at]!;
          const fixes = parts.shift();
          if (fixes) await commit(store, fixes, devices);
          else {
            await store.end();
            open.splice(at, 1);
          }
          const until = await finalUntil();
          if (until === undefined) continue;
          expect(until).to.be.at.least(promised.at(-1)?.until ?? -Infinity);
          promised.push({ until, known: await knownAt(until) });
        }
        for (const { until, known } of promised) expect(await knownAt(until)).to.deep.equal(known);
        expect(await finalUntil()).to.equal((await past.extent()).end);
      }),
      runs(25),
    );
  });

  it('should be as far as all have come that are open, and where everything ends once none is', async () => {
    const [one, other] = [await opened('one'), await opened('other')];
    await commit(one, [fixAt(10)]);
    expect(await finalUntil()).to.equal(undefined); // the other has promised nothing yet
    await commit(other, [fixAt(5)]);
    expect(await finalUntil()).to.equal(NOON + 5e6 - 1); // more may come with the same arrival
    await other.end();
    expect(await finalUntil()).to.equal(NOON + 10e6 - 1);
    await one.end();
    expect(await finalUntil()).to.equal(NOON + 10e6);
  });

  it('should stay where a recording was left, until it has gone on to its end', async () => {
    const recording = HEADER + row(1) + row(2) + row(3);
    await playStore(recording, database(), { until: NOON + 2e6 });
    expect(await finalUntil()).to.equal(NOON + 2e6 - 1);
    await playStore(HEADER + row(9), database(), { source: 'another' });
    expect(await finalUntil()).to.equal(NOON + 2e6 - 1);
    await playStore(recording, database());
    expect(await finalUntil()).to.equal(NOON + 9e6);
    await playStore(recording, database(), { until: NOON + 2e6 }); // all of it is there
    expect(await finalUntil()).to.equal(NOON + 9e6);
  });

  it('should not wait for a stream of fixes that was left and can never go on', async () => {
    const store = await openStore(unclosed(database()), { shown: 'the store', source: 'a pipe', once: true });
    await commit(store, [fixAt(0)]);
    expect(await finalUntil()).to.equal(NOON - 1);
    await store.close();
    expect(await finalUntil()).to.equal(NOON);
  });

  it('should be what the partitions of streams promise, the least of them, if all do', async () => {
    await openSchema(database(), { shown: 'the store', writes: true });
    expect(await finalUntil()).to.equal(undefined);
    await partition('gps', 0, 40);
    await partition('gps', 1, null);
    expect(await finalUntil()).to.equal(undefined);
    await partition('gps', 1, 30);
    expect(await finalUntil()).to.equal(NOON + 30e6 - 1);
    await database().query("insert into lastfix.partitions (stream, partition, until_arrival) values ('gps', 2, 'infinity')"); // closed
    expect(await finalUntil()).to.equal(NOON + 30e6 - 1);
    await database().query("insert into lastfix.sources (name) values ('gateway gps')"); // which comes through the stream
    expect(await finalUntil()).to.equal(NOON + 30e6 - 1);
    await playStore(HEADER + row(20) + row(50), database(), { until: NOON + 20e6 });
    expect(await finalUntil()).to.equal(NOON + 20e6 - 1);
  });

  it('should be told with what is appended', async () => {
    await playStore(HEADER, database());
    const { cursor } = await past.extent();
    await playStore(HEADER + row(1), database(), { source: 'one' });
    expect(await past.appendedAfter(cursor)).to.have.property('finalUntil', NOON + 1e6);
  });
});
