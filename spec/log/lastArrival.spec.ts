import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { lastArrival } from '../../src/log/lastArrival.js';
import { failureOf } from '../support/failureOf.js';
import { fix } from '../support/fix.js';
import { isOpen } from '../support/isOpen.js';
import { rowsOf } from '../support/rowsOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { update } from '../support/update.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time,note\n';
const row = (arrival: number, note = '') => rowsOf(update(fix('a', { event: 0, arrival, extra: [note] }))).changes;

describe('lastArrival', () => {
  const at = temporaryFolder();
  const of = (...lines: readonly string[]) => {
    writeFileSync(at('log'), lines.join(''));
    return lastArrival(at('log'));
  };

  it('should be that of the last row', async () => {
    expect(await of(HEADER, row(1), row(2), row(1_634_992_203_385_959))).to.equal(1_634_992_203_385_959);
    expect(await of(HEADER, rowsOf(update(fix('a', { event: 0, arrival: 3 }), 'late')).late)).to.equal(3);
    expect(isOpen(at('log'))).to.equal(false);
  });

  it('should be the latest, also where the rows are unsorted', async () => {
    expect(await of(HEADER, row(2), row(9), row(1))).to.equal(9);
  });

  it('should be nothing of a file without a row', async () => {
    for (const text of [HEADER, `${HEADER}\n\n`, `${HEADER}${'\0'.repeat(100)}`])
      expect(await of(text), JSON.stringify(text)).to.equal(undefined);
  });

  it('should be that of the last row with a time, when what follows was torn or lost', async () => {
    expect(await of(HEADER, row(1), row(2).slice(0, 20))).to.equal(1);
    expect(await of(HEADER, row(1), '\0'.repeat(100_000))).to.equal(1);
  });

  it('should be found before the line breaks within a row', async () => {
    expect(await of(HEADER, row(1), row(2, 'two\nlines,\n"of it"\n'))).to.equal(2);
  });

  it('should be found however long the last row is', async () => {
    const fromEventTime = 65_536 - '1970-01-01T00:00:00.000000Z,\n'.length; // the first look at the end starts there
    for (const length of [65_536 - row(2).length, fromEventTime, 65_536, 300_000]) {
      expect(await of(HEADER, row(1), row(2, 'x'.repeat(length)))).to.equal(2);
      expect(await of(HEADER, row(1), row(2, `\n${'é'.repeat(length)}`))).to.equal(2);
    }
  });

  it('should be found wherever the file is cut for reading', async () => {
    const note = fc.oneof(fc.constantFrom('', 'two\nlines'), fc.integer({ min: 65_300, max: 65_600 }).map((length) => 'x'.repeat(length)));
    await fc.assert(
      fc.asyncProperty(fc.array(note, { minLength: 1, maxLength: 5 }), async (notes) => {
        expect(await of(HEADER, ...notes.map((note, i) => row(i, note)))).to.equal(notes.length - 1);
      }),
    );
  });

  it('should say which file cannot be read, and why', async () => {
    expect(await failureOf(lastArrival(at('none')))).to.have.property(
      'message',
      `cannot read ${at('none')}: no such file or directory (check the path)`,
    );
  });
});
