import { expect } from 'chai';
import fc from 'fast-check';
import type { HistogramSpan } from '../../../src/domain/Histogram.js';
import type { Database, Queries } from '../../../src/store/Database.js';
import { commitRows } from '../../../src/store/commitRows.js';
import { commitSql } from '../../../src/store/commitSql.js';
import { forget } from '../../../src/store/forget.js';
import { openSchema } from '../../../src/store/openSchema.js';
import { Histograms } from '../../../src/store/past/Histograms.js';
import type { StoreRow } from '../../../src/store/StoreRow.js';
import { pglite } from '../../support/pglite.js';
import { runs } from '../../support/runs.js';
import { unclosed } from '../../support/unclosed.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const EVER = { from: -Infinity, to: Infinity };
const SECOND = 1e6;

const row = (place: number, event: number, arrival: number): StoreRow => ({
  device: String(place % 3),
  arrival: NOON + arrival * SECOND,
  seq: 2 ** 40 + place,
  event: NOON + event * SECOND,
  lat: place % 2,
  lon: 0,
  speed: null,
  written: null,
  further: null,
});

describe('Histograms', () => {
  const database = pglite();
  let asked: string[];
  let histograms: Histograms;
  const sqlOf = commitSql('"lastfix"');
  const own = () => unclosed(database());
  /** A database whose statements are noted. */
  const noting = (): Database => {
    const noted = (queries: Queries): Queries => ({
      query: (sql, parameters) => {
        asked.push(sql);
        return queries.query(sql, parameters);
      },
    });
    return { ...own(), ...noted(own()), reading: (ask) => own().reading((queries) => ask(noted(queries))) };
  };
  beforeEach(async () => {
    await database().query('drop schema if exists lastfix cascade');
    await openSchema(database(), { shown: 'the store', writes: true });
    asked = [];
    histograms = new Histograms(noting(), '"lastfix"');
  });
  const commit = (rows: readonly StoreRow[]) => {
    const committing = { rows, rejected: [], source: 1, places: { from: 0, to: 0 }, worker: 'spec' };
    return database().writing((queries) => commitRows(queries, sqlOf, committing, () => false));
  };
  /** Which of the statements read all fixes of a span. */
  const counts = () => asked.filter((sql) => sql.includes('date_bin') && !sql.includes('join')).length;
  const expectFresh = async (span: HistogramSpan, most: number) => {
    expect(await histograms.ask(span, most)).to.deep.equal(await new Histograms(own(), '"lastfix"').ask(span, most));
  };

  it('should count what was committed since as a fresh count does, however rows come and are corrected', async () => {
    const second = fc.nat({ max: 40 });
    const arbitrary = fc.record({
      parts: fc.array(fc.array(fc.tuple(second, second), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 }),
      by: fc.constantFrom('arrival' as const, 'event' as const),
      most: fc.integer({ min: 2, max: 60 }),
      ends: fc.option(fc.tuple(second, second)),
      forgets: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ parts, by, most, ends, forgets }) => {
        await database().query('drop schema if exists lastfix cascade');
        await openSchema(database(), { shown: 'the store', writes: true });
        const [from, to] = ends ? [NOON + Math.min(...ends) * SECOND, NOON + Math.max(...ends) * SECOND] : [-Infinity, Infinity];
        let place = 0;
        for (const part of parts) {
          await commit(part.map(([event, arrival]) => row(place++, event, arrival)));
          await expectFresh({ by, from, to }, most);
        }
        if (forgets) await forget(database(), 'lastfix', NOON + 20 * SECOND);
        await expectFresh({ by, from, to }, most);
      }),
      runs(12),
    );
  });

  it('should read no fix twice, as long as none is corrected', async () => {
    await commit(Array.from({ length: 30 }, (_, i) => row(i, i, i)));
    for (const by of ['arrival', 'event'] as const) {
      for (let i = 30; i < 36; i++) {
        const to = NOON + (i - 1) * SECOND; // the stretch that a page shows
        await expectFresh({ by, from: to - 8 * SECOND, to }, 100);
        await commit([row(i, i, i)]);
      }
    }
    expect(counts()).to.equal(2);
  });

  it('should count anew only the bins of fixes that were corrected', async () => {
    await commit(Array.from({ length: 30 }, (_, i) => row(3 * i, i, i)));
    const span = { by: 'arrival' as const, ...EVER };
    await histograms.ask(span, 100);
    await commit([{ ...row(90, 20.5, 10), arrival: NOON + 9.5 * SECOND }]); // which makes late what is older, and came later
    asked = [];
    const { changes, late } = await histograms.ask(span, 100);
    expect(counts()).to.equal(1);
    expect([changes.reduce((a, b) => a + b), late.reduce((a, b) => a + b)]).to.deep.equal([20, 11]);
    await expectFresh(span, 100);
  });

  it('should give what it has, with the cursor of then, for ten times as long as a long count took', async () => {
    let now = 0;
    let took = 2000;
    histograms = new Histograms(noting(), '"lastfix"', () => (now += took));
    const span = { by: 'arrival' as const, ...EVER };
    await commit([row(0, 0, 0)]);
    const first = await histograms.ask(span, 100);
    took = 0;
    await commit([row(1, 1, 0.5)]);
    now += 9000;
    expect(await histograms.ask(span, 100)).to.deep.equal(first);
    now += 20_000;
    await expectFresh(span, 100);
  });

  it('should count one at a time, and once for all who ask the same', async () => {
    await commit([row(0, 0, 0), row(1, 1, 1)]);
    const span = { by: 'event' as const, ...EVER };
    const answers = await Promise.all(Array.from({ length: 10 }, () => histograms.ask(span, 100)));
    expect(counts()).to.equal(1);
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
  });

  it('should go on after one that failed', async () => {
    const span = { by: 'arrival' as const, ...EVER };
    await commit([row(0, 0, 0)]);
    const [failed, answered] = await Promise.allSettled([histograms.ask(span, 1), histograms.ask(span, 2)]);
    expect([failed.status, answered.status]).to.deep.equal(['rejected', 'fulfilled']);
  });
});
