import { expect } from 'chai';
import { batchOf, DeviceIds, type Fix, type FixesPage, type Past, type Span } from '../../../src/index.js';
import type { Queries } from '../../../src/store/Database.js';
import { GroupedRows } from '../../../src/store/GroupedRows.js';
import { openStore } from '../../../src/store/openStore.js';
import { SqlPast } from '../../../src/store/past/SqlPast.js';
import { pglite } from '../../support/pglite.js';
import { unclosed } from '../../support/unclosed.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const MEBIBYTE = 2 ** 20;
const COUNT = 120;
const LONG = 7;
const spanBy = (by: Span['by']): Span => ({ by, from: -Infinity, to: Infinity, knownAt: Infinity });

describe('a store of fixes with very long columns', () => {
  const database = pglite();
  let past: Past;
  let sizes: number[];
  const fixes = Array.from({ length: COUNT }, (_, i): Fix => {
    const extra = [i === LONG ? 'x'.repeat(MEBIBYTE * 17) : `${i} `.repeat(60_000)]; // some 200,000 characters, and one alone that is too much
    return { device: '7', arrival: NOON + i, event: NOON + i, latitude: '1', longitude: '2', speed: '', extra };
  });
  const told = (some: readonly Fix[]) => some.map(({ event, extra }) => `${event - NOON} ${extra[0]!.length}`);
  /** Whether pages have what they may: some MiB, and of more only one fix. */
  const expectMeasured = (pages: readonly (readonly Fix[])[]) => {
    expect(told(pages.flat())).to.deep.equal(told(fixes));
    expect(pages[0]).to.have.length(LONG + 1);
    expect(pages.length).to.be.above(2);
    const lengths = pages.map((page) => page.slice(0, -1).reduce((sum, { extra }) => sum + extra[0]!.length, 0));
    expect(Math.max(...lengths)).to.be.below(16 * MEBIBYTE);
    expect(Math.max(...sizes)).to.be.below(36 * MEBIBYTE);
  };
  beforeEach(async () => {
    const devices = new DeviceIds();
    const store = await openStore(unclosed(database()), { shown: 'the store', source: 'long', extra: ['note'] });
    for (let i = 0; i < COUNT; i += 20) await store.commit([new GroupedRows(store.take(batchOf(fixes.slice(i, i + 20), devices)))]);
    sizes = [];
    const measured = (queries: Queries): Queries => ({
      query: async (sql, parameters) => {
        const result = await queries.query(sql, parameters);
        sizes.push(Buffer.byteLength(JSON.stringify(result.rows)));
        return result as never;
      },
    });
    const reading = <T>(ask: (queries: Queries) => Promise<T>) => database().reading((queries) => ask(measured(queries)));
    past = new SqlPast({ ...unclosed(database()), ...measured(database()), reading });
  });

  it('should hold no more than some MiB of a track at once, and leave none out', async () => {
    for (const by of ['event', 'arrival'] as const) {
      const pages: (readonly Fix[])[] = [];
      for await (const page of past.track('7', spanBy(by), { limit: 1000 })) pages.push(page.fixes);
      expectMeasured(pages);
    }
    expect(sizes.filter((size) => size > 17.5 * MEBIBYTE)).to.have.length(2); // those with the long one, by each clock
  });

  it('should hold no more than some MiB of a page of all devices at once, and leave none out', async () => {
    for (const by of ['event', 'arrival'] as const) {
      const pages: FixesPage[] = [];
      do pages.push(await past.fixes(spanBy(by), { limit: 1000, after: pages.at(-1)?.next }));
      while (pages.at(-1)!.next !== undefined);
      expectMeasured(pages.map(({ changes }) => changes.map(({ fix }) => fix)));
    }
  });
});
