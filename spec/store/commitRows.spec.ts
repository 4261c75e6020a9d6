import { expect } from 'chai';
import fc from 'fast-check';
import { commitRows } from '../../src/store/commitRows.js';
import { commitSql } from '../../src/store/commitSql.js';
import { openSchema } from '../../src/store/openSchema.js';
import type { StoreRow } from '../../src/store/StoreRow.js';
import { pglite } from '../support/pglite.js';
import { runs } from '../support/runs.js';
import { expectStore, StoreFollower, storeState } from '../support/storeModel.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const sql = commitSql('"lastfix"');

/** Rows of few devices within few moments, so that they tie, conflict and repeat. */
const arbitraryRows = (maxLength: number): fc.Arbitrary<readonly StoreRow[]> =>
  fc
    .array(
      fc.record({
        device: fc.constantFrom('7', '8250', 'nämbus', '\u{1f68c}', '\ufffd'),
        arrival: fc.nat({ max: 12 }),
        source: fc.constantFrom(1, 2),
        event: fc.nat({ max: 8 }),
        lat: fc.constantFrom(52.5, -0.1),
        speed: fc.constantFrom(null, 7.5),
      }),
      { maxLength },
    )
    .map((rows) =>
      rows.map(({ arrival, source, event, lat, ...rest }, place) => ({
        ...rest,
        arrival: NOON + arrival,
        seq: source * 2 ** 40 + place,
        event: NOON - 5 + event,
        lat,
        lon: 13.4,
        written: lat === 52.5 ? '52.50,13.4,7.5' : null,
        further: lat === 52.5 ? '{"note":"a \\"b\\""}' : null,
      })),
    );

/** The rows in another order, some twice, cut into parts. */
const sentAnyhow = (rows: readonly StoreRow[]): fc.Arbitrary<readonly (readonly StoreRow[])[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...rows], { minLength: rows.length }),
      fc.subarray([...rows]),
      fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 10 }),
    )
    .map(([all, again, sizes]) => {
      const sent = [...all, ...again];
      const parts: StoreRow[][] = [];
      for (let [at, i] = [0, 0]; at < sent.length; i++) {
        const size = sizes[i % sizes.length]! + 1;
        parts.push(sent.slice(at, at + size));
        at += size;
      }
      return parts;
    });

describe('commitRows', () => {
  const database = pglite();
  beforeEach(() => openSchema(database(), { shown: 'postgres://here/db', writes: true }));
  const devices = new Set<string>();
  const commit = (rows: readonly StoreRow[]) => {
    const committing = { rows, rejected: [], source: 1, places: { from: 0, to: 0 }, worker: 'spec' };
    return database().writing((queries) => commitRows(queries, sql, committing, (id) => devices.has(id)));
  };
  const clear = () =>
    database().query('truncate lastfix.fixes, lastfix.devices, lastfix.commits; update lastfix.head set pos = 0, fixes = 0, changes = 0, '
      + 'late = 0, duplicate = 0, conflict = 0, devices = 0, first_arrival = null, last_arrival = null, last_change = null');

  it('should be as if all rows had come in their order, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRows(40).chain((rows) => sentAnyhow(rows).map((parts) => ({ rows, parts }))), async ({ rows, parts }) => {
        await clear();
        const follower = new StoreFollower();
        for (const part of parts) {
          await commit(part);
          await follower.follow(database());
        }
        await expectStore(database(), rows, follower);
      }),
      runs(60),
    );
  });

  it('should change nothing when rows come a second time, and give them no place', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRows(30), async (rows) => {
        await clear();
        await commit(rows);
        const [state, follower] = [await storeState(database()), new StoreFollower()];
        await follower.follow(database());
        const { pos } = follower;
        await commit([...rows].reverse());
        await follower.follow(database());
        expect(follower.pos).to.equal(pos);
        expect(await storeState(database())).to.deep.equal(state);
      }),
      runs(10),
    );
  });

  it('should judge again no more than what a row that comes late changes', async () => {
    const row = (place: number, event: number, arrival = place): StoreRow => ({
      device: '7', arrival: NOON + arrival * 10, seq: 2 ** 40 + place, event: NOON + event, lat: place, lon: 0, speed: null, written: null, further: null,
    });
    const rows = Array.from({ length: 3000 }, (_, i) => row(i, i));
    await commit(rows);
    const newest = { ...row(3000, 1500), arrival: NOON + 105 }; // from the eleventh to the 1,500th no row is newer than it
    const { merges: [merge] } = await commit([newest]);
    expect(merge!.corrected.map(({ verdict }) => verdict)).to.deep.equal([...Array.from({ length: 1489 }, () => 'late'), 'conflict']);
    await expectStore(database(), [...rows, newest]);
  });
});
