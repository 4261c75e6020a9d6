import { writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { findLogColumns } from '../../src/domain/findLogColumns.js';
import { indexRows, type IndexRowsOptions } from '../../src/lookup/indexRows.js';
import { HeldPages } from '../../src/lookup/Pages.js';
import { Segment } from '../../src/lookup/Segment.js';
import { FULL } from '../../src/lookup/SegmentBuilder.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const ROW = '2021-10-23T12:30:00Z,a,1,2,,2021-10-23T12:30:00Z\n';

describe('indexRows', () => {
  const at = temporaryFolder();
  let file: FileHandle;
  const segments = async (text: string, options: Partial<IndexRowsOptions> = {}) => {
    writeFileSync(at('x.csv'), text);
    file = await open(at('x.csv'));
    const given = {
      path: at('x.csv'),
      file,
      columns: findLogColumns(HEADER.trim().split(',')),
      from: 0,
      crc: 0,
      read: () => undefined,
      signal: undefined,
    };
    const made: Pick<Segment, 'from' | 'to' | 'rows' | 'crc'>[] = [];
    try {
      for await (const bytes of indexRows({ ...given, ...options })) {
        const { from, to, rows, crc } = new Segment(new HeldPages(bytes), 0);
        made.push({ from, to, rows, crc });
      }
      return made;
    } finally {
      await file.close();
    }
  };

  it('should make segments of all rows as they are full, and one of the rest, with the checksum of all before', async () => {
    const text = HEADER + ROW.repeat(FULL + 10);
    const end = HEADER.length + ROW.length * FULL;
    expect(await segments(text)).to.deep.equal([
      { from: 0, to: end, rows: FULL, crc: crc32(text.slice(0, end)) },
      { from: end, to: text.length, rows: 10, crc: crc32(text) },
    ]);
  });

  it('should let others have their turn while it makes a segment, and have read all rows before', async () => {
    let turns = 0;
    let counted = -1;
    let isOver = false;
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const text = HEADER + Array.from({ length: 2000 }, (_, i) => ROW.replace(',a,', `,${i},`)).join('');
    const made = await segments(text, { read: () => (counted = turns) });
    isOver = true;
    expect(made).to.deep.equal([{ from: 0, to: text.length, rows: 2000, crc: crc32(text) }]);
    expect(turns - counted).to.be.at.least(4);
  });

  it('should make them of the rows from a byte on', async () => {
    const text = HEADER + ROW.repeat(5);
    const from = HEADER.length + ROW.length * 2;
    expect(await segments(`${text}torn`, { from, crc: crc32(text.slice(0, from)) })).to.deep.equal([
      { from, to: text.length, rows: 3, crc: crc32(text) },
    ]);
  });

  it('should make none of a header alone, nor of what is torn', async () => {
    for (const text of [HEADER, `${HEADER}torn`, `${HEADER}"\n`]) expect(await segments(text)).to.deep.equal([]);
  });

  it('should tell of the rows of each batch, and where it ended', async () => {
    const told: (readonly [number, number])[] = [];
    await segments(HEADER + ROW.repeat(20_000), { read: (rows, to) => told.push([rows, to]) });
    expect(told.length).to.be.greaterThan(1);
    let sum = 0;
    for (const [rows, to] of told) expect(to).to.equal(HEADER.length + ROW.length * (sum += rows));
    expect(sum).to.equal(20_000);
  });

  it('should name the line of a row that is not a fix, counted from the first, wherever it began', async () => {
    for (const from of [0, HEADER.length + ROW.length]) {
      const failure = await failureOf(segments(`${HEADER}${ROW}${ROW}\na,b\n`, { from }));
      expect(failure)
        .to.be.instanceOf(FileError)
        .with.property(
          'message',
          `${at('x.csv')}:5: 2 columns instead of 6: lastfix did not write this; make the log anew with lastfix replay`,
        );
    }
  });

  it('should end with an AbortError when it is aborted', async () => {
    expect(await failureOf(segments(HEADER + ROW, { signal: AbortSignal.abort() }))).to.have.property('name', 'AbortError');
  });
});
