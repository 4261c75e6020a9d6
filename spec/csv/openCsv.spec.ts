import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { CsvRow } from '../../src/csv/CsvRow.js';
import { FileError } from '../../src/csv/FileError.js';
import { formatRow } from '../../src/csv/formatRow.js';
import { openCsv } from '../../src/csv/openCsv.js';
import type { ReadBlocksOptions } from '../../src/csv/readBlocks.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { somethingElse } from '../support/somethingElse.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const BOM = '\ufeff';
/** More plain text than a block of 256 KiB holds. */
const PLAIN = 'plain,1\n'.repeat(40_000);
/** The same with quotes from the first line on, and two lines a row. */
const QUOTED = '"quoted\nover two lines",1\n'.repeat(15_000);

interface Read {
  readonly header: readonly string[];
  readonly rows: readonly Pick<CsvRow, 'fields' | 'line' | 'raw'>[];
}

/** Reads a whole file, whose rows must stand where they say; `between` is done after opening and after each batch. */
async function readAll(path: string, options?: ReadBlocksOptions, between: () => unknown = () => undefined): Promise<Read> {
  const { header, batches } = await openCsv(path, (header) => header, options);
  const rows: CsvRow[] = [];
  await between();
  for await (const batch of batches) {
    expect(batch).not.to.be.empty;
    rows.push(...batch.map(({ fields, line, raw, start, bytes }) => ({ fields, line, raw, start, bytes })));
    await between();
  }
  expect(misplaced(rows, readFileSync(path))).to.equal(undefined);
  return { header, rows: rows.map(({ fields, line, raw }) => ({ fields, line, raw })) };
}

/** The first row that is not where it says, behind the one before it: its text and its line end, if it has one, in so many bytes. */
function misplaced(rows: readonly CsvRow[], file: Buffer): CsvRow | undefined {
  let end = 0;
  return rows.find(({ raw, start, bytes }) => {
    const [before, text] = [end, file.toString('utf8', start, start + bytes)];
    end = start + bytes;
    return start < before || !(text === `${raw}\n` || text === `${raw}\r\n` || (text === raw && end === file.length));
  });
}

/** What csv-parse makes of the whole text at once, or that it fails. */
function wholeText(text: string): readonly string[][] | 'broken' {
  try {
    return parse(text, { bom: true, record_delimiter: ['\r\n', '\n'], relax_column_count: true, relax_quotes: true }).filter(isNoEmptyLine);
  } catch {
    return 'broken';
  }
}

const isNoEmptyLine = (fields: readonly string[]) => fields.length > 1 || fields[0] !== '';

const rowsOf = async (work: Promise<Read>) => {
  try {
    const { header, rows } = await work;
    return [header, ...rows.map(({ fields }) => fields)].filter(isNoEmptyLine);
  } catch (failure) {
    if (failure instanceof FileError)
      return failure.message.endsWith('has no header line: the first must name the columns') ? [] : 'broken';
    throw failure;
  }
};

describe('openCsv', () => {
  const path = temporaryFolder();
  const file = (content: string | Buffer) => {
    writeFileSync(path('file.csv'), content);
    return path('file.csv');
  };

  const READ: readonly (readonly [what: string, text: string, ...rows: (readonly [line: number, raw: string, ...fields: string[]])[]])[] = [
    ['lines ended by LF', 'h,i\na,b\nc,d\n', [2, 'a,b', 'a', 'b'], [3, 'c,d', 'c', 'd']],
    ['lines ended by CRLF', 'h,i\r\na,b\r\nc,d\r\n', [2, 'a,b', 'a', 'b'], [3, 'c,d', 'c', 'd']],
    ['lines ended by either', 'h,i\r\na,b\nc,d\r\ne,f\n', [2, 'a,b', 'a', 'b'], [3, 'c,d', 'c', 'd'], [4, 'e,f', 'e', 'f']],
    [
      'lines ended by either, with quotes',
      '"h",i\r\n"a",b\nc,"d"\r\ne,f\n',
      [2, '"a",b', 'a', 'b'],
      [3, 'c,"d"', 'c', 'd'],
      [4, 'e,f', 'e', 'f'],
    ],
    ['a BOM', `${BOM}h,i\na,b\n`, [2, 'a,b', 'a', 'b']],
    ['a BOM before a quote', `${BOM}"h",i\na,b\n`, [2, 'a,b', 'a', 'b']],
    ['a last line that is not ended', 'h,i\na,b', [2, 'a,b', 'a', 'b']],
    ['a last line that is not ended, with quotes', 'h,i\na,"b"', [2, 'a,"b"', 'a', 'b']],
    ['a last line of which only the LF is missing', 'h,i\na,b\r', [2, 'a,b\r', 'a', 'b\r']],
    ['a comma in quotes', 'h,i\n"a,b",c\n', [2, '"a,b",c', 'a,b', 'c']],
    ['quotes in quotes', 'h,i\n"say ""hi""",""""\n', [2, '"say ""hi""",""""', 'say "hi"', '"']],
    ['a line break in quotes', 'h,i\n"a\nb",c\nd,e\n', [2, '"a\nb",c', 'a\nb', 'c'], [4, 'd,e', 'd', 'e']],
    [
      'line breaks of both kinds in quotes',
      'h,i\r\n"a\r\n\nb","\r\nc"\r\nd,e\r\n',
      [2, '"a\r\n\nb","\r\nc"', 'a\r\n\nb', '\r\nc'],
      [6, 'd,e', 'd', 'e'],
    ],
    ['a header over two lines', '"h\nh",i\na,b\n', [3, 'a,b', 'a', 'b']],
    ['a quote within an unquoted field', 'h,i\n5" nail,a"b"\n', [2, '5" nail,a"b"', '5" nail', 'a"b"']],
    ['text behind a closing quote', 'h,i\n"a" b,c\n', [2, '"a" b,c', '"a" b', 'c']],
    ['empty fields', 'h,i\n,\n"",""\n', [2, ',', '', ''], [3, '"",""', '', '']],
    ['blanks, which belong to their field', 'h,i\n a , b\n \n', [2, ' a , b', ' a ', ' b'], [3, ' ', ' ']],
    ['rows of other widths', 'h,i\na\na,b,c,\n', [2, 'a', 'a'], [3, 'a,b,c,', 'a', 'b', 'c', '']],
    ['rows of other widths, with quotes', 'h,i\n"a"\na,b,"c",\n', [2, '"a"', 'a'], [3, 'a,b,"c",', 'a', 'b', 'c', '']],
    ['empty lines, which are no rows', '\n\r\nh,i\n\na,b\n\r\n\nc,d\n\n', [5, 'a,b', 'a', 'b'], [8, 'c,d', 'c', 'd']],
    ['empty lines, with quotes', '\n\r\n"h",i\n\n"a\n\n",b\n\r\n\nc,d\n\n', [5, '"a\n\n",b', 'a\n\n', 'b'], [10, 'c,d', 'c', 'd']],
    ['an empty field in quotes, which is no empty line', 'h,i\n""\nc,d\n', [2, '""', ''], [3, 'c,d', 'c', 'd']],
    ['a carriage return within a line', 'h,i\na\rb,c\r\r\n', [2, 'a\rb,c\r', 'a\rb', 'c\r']],
    ['letters of any script', 'h,i\né,🛰\n"नाम",ß\n', [2, 'é,🛰', 'é', '🛰'], [3, '"नाम",ß', 'नाम', 'ß']],
    ['a header alone', 'h,i\n'],
    ['a header alone that is not ended', 'h,i'],
    ['a header alone, with quotes', '"h","i"'],
  ];
  for (const [what, text, ...expected] of READ) {
    it(`should read ${what}`, async () => {
      const { header, rows } = await readAll(file(text));
      expect(header).to.deep.equal([text.includes('h\nh') ? 'h\nh' : 'h', 'i']);
      expect(rows).to.deep.equal(expected.map(([line, raw, ...fields]) => ({ fields, line, raw })));
    });
  }

  it('should hand out what is made of the header', async () => {
    const { header, batches } = await openCsv(file('h,i\na,b\n'), (names) => names.join('+'));
    await batches.return();
    expect(header).to.equal('h+i');
  });

  it('should read a line of 10 MB', async () => {
    for (const quote of ['', '"']) {
      const field = 'x'.repeat(10_000_000);
      const { rows } = await readAll(file(`h,i\na,${quote}${field}${quote}\nb,c\n`));
      expect(rows.map(({ line }) => line)).to.deep.equal([2, 3]);
      expect(rows[0]!.fields[1] === field, 'the field').to.equal(true);
      expect(rows[0]!.raw === `a,${quote}${field}${quote}`, 'the row').to.equal(true);
    }
  });

  it('should read rows in quotes that start far behind a plain part', async () => {
    const { rows } = await readAll(file(`h,i\n${PLAIN}"a\nb",c\n${PLAIN}"d""\r\n",e\r\nf,g`));
    expect(rows.length).to.equal(80_003);
    expect(rows[39_999]).to.deep.equal({ fields: ['plain', '1'], line: 40_001, raw: 'plain,1' });
    expect(rows[40_000]).to.deep.equal({ fields: ['a\nb', 'c'], line: 40_002, raw: '"a\nb",c' });
    expect(rows[40_001]).to.deep.equal({ fields: ['plain', '1'], line: 40_004, raw: 'plain,1' });
    expect(rows.slice(80_001)).to.deep.equal([
      { fields: ['d"\r\n', 'e'], line: 80_004, raw: '"d""\r\n",e' },
      { fields: ['f', 'g'], line: 80_006, raw: 'f,g' },
    ]);
  });

  it('should read rows that lie across blocks', async () => {
    const { rows } = await readAll(file(`h,i\n${QUOTED}`));
    expect(rows.length).to.equal(15_000);
    const odd = rows.find(
      ({ fields, line, raw }, i) =>
        line !== 2 + 2 * i || raw !== '"quoted\nover two lines",1' || fields.join() !== 'quoted\nover two lines,1',
    );
    expect(odd).to.equal(undefined);
  });

  it('should read one row that is longer than several blocks', async () => {
    const long = 'line\n'.repeat(200_000);
    const { rows } = await readAll(file(`h,i\n"${long}",a\nb,c\n`));
    expect(rows.map(({ line }) => line)).to.deep.equal([2, 200_003]);
    expect(rows[0]!.fields[0] === long, 'the field').to.equal(true);
    expect(rows[0]!.raw === `"${long}",a`, 'the row').to.equal(true);
  });

  const anyText = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', '\r', 'é', ' '), size: 'medium' });
  const withoutQuotes = anyText.map((text) => text.replaceAll('"', ''));
  const withQuotesBehind = fc.tuple(withoutQuotes, anyText).map((texts) => texts.join(''));
  const TEXTS = { 'text with quotes': anyText, 'text without quotes': withoutQuotes, 'text with quotes towards its end': withQuotesBehind };
  for (const [what, texts] of Object.entries(TEXTS)) {
    it(`should read of any ${what} the rows that csv-parse reads of the whole, or fail like it`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('', BOM), texts, async (bom, text) => {
          fc.pre(bom + text !== '');
          expect(await rowsOf(readAll(file(bom + text)))).to.deep.equal(wholeText(text));
        }),
        { numRuns: 300 },
      );
    });

    it(`should show of any ${what} each row as the very lines at its number, and leave out empty lines only`, async () => {
      await fc.assert(
        fc.asyncProperty(texts.filter((text) => wholeText(text) !== 'broken'), async (text) => {
          const { rows } = await readAll(file(`h\n${text}`));
          const lines = `h\n${text}`.split('\n');
          let next = 2;
          for (const { line, raw } of rows) {
            const after = line + raw.split('\n').length;
            const shown = lines.slice(line - 1, after - 1).join('\n');
            expect(raw).to.equal(after - 1 < lines.length ? shown.replace(/\r$/, '') : shown);
            expect(lines.slice(next - 1, line - 1).join('')).to.match(/^(\r|"")*$/);
            next = after;
          }
          expect(lines.slice(next - 1).join('')).to.match(/^(\r|"")*$/);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('should read any text far behind a plain part as csv-parse reads the whole', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const [read, whole] = [await rowsOf(readAll(file(PLAIN + text))), wholeText(PLAIN + text)];
        expect(read.length).to.equal(whole.length);
        expect(read.slice(40_000)).to.deep.equal(whole.slice(40_000));
      }),
      { numRuns: 8 },
    );
  });

  describe('of what is no such file', () => {
    it('should say that it does not exist', async () => {
      const failure = await failureOf(readAll(path('none.csv')));
      expect(failure)
        .to.be.instanceOf(FileError)
        .with.property('message', `cannot read ${path('none.csv')}: no such file or directory (check the path)`);
      expect(failure.cause).to.have.property('code', 'ENOENT');
    });

    it('should say that it is a folder', async () => {
      const failure = await failureOf(readAll(path('.')));
      expect(failure).to.be.instanceOf(FileError).with.property('message', `cannot read ${path('.')}: it is a folder (name a file in it)`);
    });

    const HEADLESS: readonly (readonly [what: string, text: string, message: string, options?: ReadBlocksOptions])[] = [
      ['is empty', '', ' is empty: it needs a header line at least'],
      ['holds no header: a BOM alone', BOM, ' has no header line: the first must name the columns'],
      ['holds no header: empty lines', '\n\r\n\n', ' has no header line: the first must name the columns'],
      ['holds no whole header', 'h,i', ' has no header line: the first must name the columns', { wholeLinesOnly: true }],
      [
        'holds no whole header, but an open quote',
        '"h\ni',
        ' has no header line: the first must name the columns',
        { wholeLinesOnly: true },
      ],
    ];
    for (const [what, text, message, options] of HEADLESS) {
      it(`should say that it ${what}`, async () => {
        const headless = file(text);
        expect(await failureOf(readAll(headless, options))).to.be.instanceOf(FileError).with.property('message', headless + message);
        expect(isOpen(headless)).to.equal(false);
      });
    }

    const byte = Buffer.from([0xe9]); // é in Latin-1
    const NOT_UTF8: readonly (readonly [what: string, content: Buffer, line: number])[] = [
      ['Latin-1', Buffer.concat([Buffer.from('h\na\n'), byte]), 3],
      ['Latin-1 behind quotes', Buffer.concat([Buffer.from('h\n"a\n\n"\n'), byte]), 5],
      ['Latin-1 far behind', Buffer.concat([Buffer.from(`h,i\n${PLAIN}`), byte]), 40_002],
      ['Latin-1 far behind quotes', Buffer.concat([Buffer.from(`h,i\n${QUOTED}`), byte]), 30_002],
    ];
    for (const [what, content, line] of NOT_UTF8) {
      it(`should say in which line it is not UTF-8: ${what}`, async () => {
        const foreign = file(content);
        const failure = await failureOf(readAll(foreign));
        expect(failure)
          .to.be.instanceOf(FileError)
          .with.property(
            'message',
            `${foreign}:${line}: this is not UTF-8 text: convert the file; if it is Windows text, with iconv -f WINDOWS-1252 -t UTF-8`,
          );
        expect(isOpen(foreign)).to.equal(false);
      });
    }

    it('should say what is wrong with its header, and close it', async () => {
      for (const text of [PLAIN, QUOTED]) {
        const wrong = file(`h,i\n${text}`);
        const cause = new Error('no column sts');
        const failure = await failureOf(openCsv(wrong, () => { throw cause; }));
        expect(failure).to.be.instanceOf(FileError).with.property('message', `${wrong}: no column sts`);
        expect(failure).to.have.property('cause', cause);
        expect(isOpen(wrong)).to.equal(false);
      }
    });

    it('should say what it is, and what to do, if it is no text at all', async () => {
      const foreign = file(Buffer.from('PK\u0003\u0004 and so on'));
      expect(await failureOf(readAll(foreign)))
        .to.be.instanceOf(FileError)
        .with.property('message', `${foreign} is a zip archive: unpack it first`);
      expect(isOpen(foreign)).to.equal(false);
    });

    it('should say that it shrank while it was read', async () => {
      for (const text of [PLAIN, QUOTED]) {
        const shrinking = file(text.repeat(6));
        const failure = await failureOf(readAll(shrinking, {}, () => { truncateSync(shrinking, 100); }));
        expect(failure)
          .to.be.instanceOf(FileError)
          .with.property('message')
          .that.matches(/ shrank from \d+ to \d+ bytes while it was read/);
        expect(isOpen(shrinking)).to.equal(false);
      }
    });
  });

  describe('with a quote that is never closed', () => {
    const OPEN: readonly (readonly [where: string, text: string, line: number])[] = [
      ['in the header', 'h,"i\na,b\n', 1],
      ['in the last line', 'h,i\na,b\nc,"d', 3],
      ['many lines before the end', 'h,i\n"a\n\nb",c\n\nd,"e\nf,g\nh,i\n', 6],
      ['far behind', `h,i\n${PLAIN}a,"b\n${PLAIN}`, 40_002],
      ['far behind other quotes', `h,i\n${QUOTED}a,"b\n`, 30_002],
      ['in a last line that is nothing else', 'h,i\na,b\n"\n', 3],
    ];
    for (const [where, text, line] of OPEN) {
      it(`should name the line where its row starts: ${where}`, async () => {
        const broken = file(text);
        const failure = await failureOf(readAll(broken));
        expect(failure)
          .to.be.instanceOf(FileError)
          .with.property('message')
          .that.equals(
            `${broken}:${line}: a quote is opened in this row and never closed: close it, or write it twice within quotes if it stands for itself`,
          );
        expect(isOpen(broken)).to.equal(false);
      });
    }

    it('should name that line also to a reader who takes his time', async () => {
      for (const rows of [1, 1023, 1030, 1045, 2055]) {
        const failure = await failureOf(readAll(file(`"h"\n${'a\n'.repeat(rows)}"open\n`), {}, somethingElse));
        expect(failure.message).to.include(`file.csv:${rows + 2}: a quote is opened`);
      }
    });
  });

  describe('with wholeLinesOnly', () => {
    const TORN: readonly (readonly [what: string, text: string, ...rows: string[]])[] = [
      ['leave out a last line that is not ended', 'h,i\na,b\nc,d', 'a,b'],
      ['leave out a last line that is not ended, with quotes', 'h,i\n"a",b\nc,"d"', '"a",b'],
      ['leave out a row whose quote is still open', 'h,i\na,b\nc,"d\ne', 'a,b'],
      ['leave out a row whose quote is still open at a line end', 'h,i\na,b\nc,"d\n\n', 'a,b'],
      ['leave out a row whose last line is not ended', 'h,i\na,b\nc,"d\n"', 'a,b'],
      ['leave out nothing if the last line is ended', 'h,i\na,b\n"c\n",d\n', 'a,b', '"c\n",d'],
      ['leave out a row of which there is but the open quote', 'h,i\na,b\n"\n', 'a,b'],
      ['read a header alone', 'h,i\na'],
      ['read a header alone before an open quote', 'h,i\n"\n'],
    ];
    for (const [what, text, ...expected] of TORN) {
      it(`should ${what}`, async () => {
        const { rows } = await readAll(file(text), { wholeLinesOnly: true });
        expect(rows.map(({ raw }) => raw)).to.deep.equal(expected);
      });
    }

    it('should read, wherever a log is cut, exactly the rows that are whole', async () => {
      const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', 'é'), maxLength: 4 });
      const log = fc.array(fc.tuple(field, field).map(formatRow), { maxLength: 20 }).map((rows) => ['h,i\n', ...rows]);
      await fc.assert(
        fc.asyncProperty(log, fc.nat({ max: 1000 }), async (texts, beyond) => {
          const bytes = Buffer.from(texts.join(''));
          const cut = 4 + (beyond % (bytes.length - 3));
          const whole = texts.filter((_, i) => Buffer.byteLength(texts.slice(0, i + 1).join('')) <= cut);
          const { header, rows } = await readAll(file(bytes.subarray(0, cut)), { wholeLinesOnly: true });
          expect([header, ...rows.map(({ fields }) => fields)].map(formatRow)).to.deep.equal(whole);
        }),
        { numRuns: 300 },
      );
    });

    it('should read them all also to a reader who takes his time', async () => {
      for (const count of [1, 1023, 1030, 1045, 2055]) {
        const { rows } = await readAll(file(`"h"\n${'a\n'.repeat(count)}"open\n`), { wholeLinesOnly: true }, somethingElse);
        expect(rows.length).to.equal(count);
      }
    });
  });

  for (const [what, text] of Object.entries({ plain: PLAIN, quoted: QUOTED })) {
    describe(`with a long ${what} file`, () => {
      const long = () => file(text.repeat(6));
      const header = (names: readonly string[]) => names;

      it('should hand out the first rows before it has read the last', async () => {
        const path = long();
        const { batches } = await openCsv(path, header);
        const { value } = await batches.next();
        expect(value).not.to.be.empty;
        await somethingElse();
        expect(isOpen(path)).to.equal(true);
        await batches.return();
      });

      it('should close it at its end', async () => {
        const path = long();
        await readAll(path);
        expect(isOpen(path)).to.equal(false);
      });

      it('should close it when returned before the first row', async () => {
        const path = long();
        const { batches } = await openCsv(path, header);
        expect(isOpen(path)).to.equal(true);
        await batches.return();
        expect(isOpen(path)).to.equal(false);
      });

      it('should close it when its reader stops early', async () => {
        const path = long();
        const { batches } = await openCsv(path, header);
        for await (const rows of batches) {
          expect(rows).not.to.be.empty;
          expect(isOpen(path)).to.equal(true);
          break;
        }
        expect(isOpen(path)).to.equal(false);
      });

      it('should close it when its reader fails', async () => {
        const path = long();
        let batches = 0;
        const fail = () => {
          if (batches++ === 2) throw new Error('full');
        };
        expect(await failureOf(readAll(path, {}, fail))).to.have.property('message', 'full');
        expect(isOpen(path)).to.equal(false);
      });

      it('should end with an AbortError and close it when aborted', async () => {
        const path = long();
        const controller = new AbortController();
        const failure = await failureOf(readAll(path, { signal: controller.signal }, () => { controller.abort(); }));
        expect(failure).to.have.property('name', 'AbortError');
        expect(isOpen(path)).to.equal(false);
      });

      it('should not be read at all when aborted before', async () => {
        const path = long();
        expect(await failureOf(openCsv(path, header, { signal: AbortSignal.abort() }))).to.have.property('name', 'AbortError');
        await somethingElse(); // a second, uncaught error would end the program here
        expect(isOpen(path)).to.equal(false);
      });
    });
  }
});
