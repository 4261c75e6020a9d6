import { expect } from 'chai';
import { Dice } from '../../src/generate/Dice.js';
import { GroupedRows } from '../../src/store/GroupedRows.js';
import { openStore } from '../../src/store/openStore.js';
import { SqlPast } from '../../src/store/past/SqlPast.js';
import { compareRows, type StoreRow } from '../../src/store/StoreRow.js';
import { rowsByChance } from '../support/arbitraryStoreRows.js';
import { pglite } from '../support/pglite.js';
import { expectStore, StoreFollower, storeState } from '../support/storeModel.js';
import { unclosed } from '../support/unclosed.js';

const PLACES = 2 ** 40;

/** A recording by chance, in arrival order, in which times tie and data conflict: that of a source by its number. */
function recordingOf(seed: number, source: number, count = 400): readonly StoreRow[] {
  const rows = [...rowsByChance(new Dice(seed), count)].sort(compareRows);
  return rows.map((row, place) => ({ ...row, seq: source * PLACES + place }));
}

/** The same fixes as those of another source. */
function from(source: number, rows: readonly StoreRow[]): readonly StoreRow[] {
  return rows.map((row, place) => ({ ...row, seq: source * PLACES + place }));
}

function inParts(dice: Dice, rows: readonly StoreRow[]): StoreRow[][] {
  const parts: StoreRow[][] = [];
  for (let at = 0; at < rows.length; at += parts.at(-1)!.length) parts.push(rows.slice(at, at + dice.whole(1, 60)));
  return parts;
}

describe('a store', () => {
  const database = pglite();
  const writer = (source: string) => openStore(unclosed(database()), { shown: 'the store', source });
  /** Writes a recording to its end, as a run of its own. */
  const write = async (source: string, rows: readonly StoreRow[], seed: number, follower?: StoreFollower) => {
    const store = await writer(source);
    for (const part of inParts(new Dice(seed), rows)) {
      await store.commit([new GroupedRows(part)]);
      await follower?.follow(database());
    }
    await store.end();
    await store.close();
  };
  const isFinal = async () => {
    const { end, finalUntil } = await new SqlPast(unclosed(database())).extent();
    expect(finalUntil).to.equal(end);
  };

  it('should be as if all had come in order, when the second half of a recording comes before the first', async () => {
    const [all, follower] = [recordingOf(1, 1, 700), new StoreFollower()];
    const [second, first] = [from(1, all.slice(350)), from(2, all.slice(0, 350))];
    await write('second half', second, 2, follower);
    await write('first half', first, 3, follower);
    await expectStore(database(), [...first, ...second], follower);
    await isFinal();
  });

  it('should not change when the whole of a recording comes a second time', async () => {
    const [rows, follower] = [recordingOf(4, 1), new StoreFollower()];
    await write('recording', rows, 5, follower);
    const [state, pos] = [await storeState(database()), follower.pos];
    await write('recording', rows, 6, follower);
    expect(await storeState(database())).to.deep.equal(state);
    expect(follower.pos).to.equal(pos);
    await expectStore(database(), rows, follower);
    await isFinal();
  });

  it('should keep the fixes of two recordings with equal devices and times apart', async () => {
    const one = recordingOf(7, 1);
    const [other, follower] = [from(2, one).map((row, i) => (i % 3 === 0 ? { ...row, lat: -row.lat } : row)), new StoreFollower()];
    const stores = [await writer('one'), await writer('other')] as const;
    const dice = new Dice(8);
    const parts = [inParts(dice, one), inParts(dice, other)] as const;
    while (parts.some(({ length }) => length > 0)) {
      const which = dice.whole(0, 1);
      const part = parts[which]!.shift();
      if (part) await stores[which]!.commit([new GroupedRows(part)]);
      await follower.follow(database());
    }
    for (const store of stores) await store.end();
    await expectStore(database(), [...one, ...other], follower);
    await isFinal();
  });

  it('should be as if one had written all in order, when several write at once, two of them the same', async () => {
    const recordings = [1, 2, 3].map((source) => recordingOf(10 + source, source, 300));
    const stores = [await writer('one'), await writer('two'), await writer('three'), await writer('one')];
    const follower = new StoreFollower();
    await Promise.all(
      stores.map(async (store, i) => {
        for (const part of inParts(new Dice(20 + i), recordings[i % 3]!)) {
          await store.commit([new GroupedRows(part)]);
          if (i === 0) await follower.follow(database());
        }
        await store.end();
      }),
    );
    await expectStore(database(), recordings.flat(), follower);
    await isFinal();
  });
});
