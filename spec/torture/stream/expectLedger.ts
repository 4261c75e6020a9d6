import { expect } from 'chai';
import type { Ledger, SentFix } from './Ledger.js';
import type { StreamedRow } from './rowsIn.js';

/**
 * Makes sure that a stream has all that was acknowledged, as it was sent, and nothing else; what was sent by a recording once,
 * and what was posted no more often than it was.
 *
 * @param rows each of its own identity
 */
export function expectLedger({ given, acknowledged }: Ledger, rows: readonly StreamedRow[]): void {
  const times = new Map<string, number>();
  for (const row of rows) {
    const entry = given.get(row.nr);
    if (!entry) throw new Error(`nobody sent ${JSON.stringify(row)}`);
    expectFix(row, entry.fix);
    times.set(row.nr, (times.get(row.nr) ?? 0) + 1);
  }
  const missing = [...acknowledged].filter((nr) => !times.has(nr));
  if (missing.length > 0)
    throw new Error(`${missing.length} of ${acknowledged.size} acknowledged fixes are not in the stream, such as ${JSON.stringify(given.get(missing[0]!)!.fix)}`);
  for (const [nr, count] of times) {
    const { fix, times: most } = given.get(nr)!;
    if (count > most) throw new Error(`${JSON.stringify(fix)} was sent ${most} times, and is there ${count} times`);
  }
}

function expectFix(row: StreamedRow, { nr, device, event, latitude, longitude, speed, known }: SentFix): void {
  const is = [row.device, row.event, ...row.texts, ...(known ? [row.arrival, row.place] : [])];
  const should = [device, event, latitude, longitude, speed, ...(known ? [known.arrival, known.place] : [])];
  if (is.join() !== should.join()) expect(is, `fix ${nr}`).to.deep.equal(should);
}
