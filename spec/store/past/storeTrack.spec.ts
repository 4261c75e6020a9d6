import { expect } from 'chai';
import { batchOf, DeviceIds, type Fix, type Past } from '../../../src/index.js';
import type { Queries } from '../../../src/store/Database.js';
import { GroupedRows } from '../../../src/store/GroupedRows.js';
import { openStore } from '../../../src/store/openStore.js';
import { SqlPast } from '../../../src/store/past/SqlPast.js';
import { pglite } from '../../support/pglite.js';
import { unclosed } from '../../support/unclosed.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const MEBIBYTE = 2 ** 20;
const COUNT = 120;

describe('storeTrack', () => {
  const database = pglite();

  it('should hold no more than some MiB at once of fixes with very long columns, and leave none out', async () => {
    const devices = new DeviceIds();
    const fixes = Array.from({ length: COUNT }, (_, i): Fix => {
      const extra = [i === 7 ? 'x'.repeat(MEBIBYTE * 17) : `${i} `.repeat(60_000)]; // some 200,000 characters, and one alone that is too much
      return { device: '7', arrival: NOON + i, event: NOON + i, latitude: '1', longitude: '2', speed: '', extra };
    });
    const store = await openStore(unclosed(database()), { shown: 'the store', source: 'long', extra: ['note'] });
    for (let i = 0; i < COUNT; i += 20) await store.commit([new GroupedRows(store.take(batchOf(fixes.slice(i, i + 20), devices)))]);
    const sizes: number[] = [];
    const measured = (queries: Queries): Queries => ({
      query: async (sql, parameters) => {
        const result = await queries.query(sql, parameters);
        sizes.push(Buffer.byteLength(JSON.stringify(result.rows)));
        return result as never;
      },
    });
    const past: Past = new SqlPast({ ...unclosed(database()), ...measured(database()) });
    for (const by of ['event', 'arrival'] as const) {
      const pages: number[][] = [];
      const found: string[] = [];
      for await (const page of past.track('7', { by, from: -Infinity, to: Infinity, knownAt: Infinity }, { limit: 1000 })) {
        pages.push(page.fixes.map(({ extra }) => extra[0]!.length));
        found.push(...page.fixes.map(({ event, extra }) => `${event - NOON} ${extra[0]!.length}`));
      }
      expect(found).to.deep.equal(fixes.map(({ event, extra }) => `${event - NOON} ${extra[0]!.length}`));
      expect(pages[0]).to.have.length(8); // up to the long one
      expect(pages.length).to.be.above(2);
      for (const lengths of pages) expect(lengths.slice(0, -1).reduce((sum, length) => sum + length, 0)).to.be.below(16 * MEBIBYTE);
    }
    expect(sizes.filter((size) => size > 17.5 * MEBIBYTE)).to.have.length(2); // those with the long one, by each clock
    expect(Math.max(...sizes)).to.be.below(36 * MEBIBYTE);
  });
});
