import { expect } from 'chai';
import fc from 'fast-check';
import { renameSync, truncateSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { FileError } from '../../src/csv/FileError.js';
import type { Block } from '../../src/csv/Block.js';
import { readBlocks, type ReadBlocksOptions } from '../../src/csv/readBlocks.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { somethingElse } from '../support/somethingElse.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const BLOCK = 256 * 1024;
const BOM = '\ufeff';
/** Many lines of 50 bytes, in several blocks. */
const LONG = `${'x'.repeat(49)}\n`.repeat(30_000);

const readAll = (path: string, options?: ReadBlocksOptions) => rest(readBlocks(path, options));

async function rest(blocks: AsyncIterable<Block>): Promise<readonly Block[]> {
  const read: Block[] = [];
  for await (const block of blocks) read.push(block);
  return read;
}

const textOf = (blocks: readonly Block[]) => Buffer.concat(blocks.map(({ bytes }) => bytes)).toString();
const lineEnds = (text: string) => text.split('\n').length - 1;

const shape = ({ bytes, start, line, lines }: Block) => ({ bytes, start, line, lines });

describe('readBlocks', () => {
  const path = temporaryFolder();
  const file = (content: string | Buffer, name = 'file.csv') => {
    writeFileSync(path(name), content);
    return path(name);
  };
  const handles: FileHandle[] = [];
  /** The file, open until the end of the test. */
  const handle = async () => {
    const opened = await open(path('file.csv'));
    handles.push(opened);
    return opened;
  };
  afterEach(() => Promise.all(handles.splice(0).map((opened) => opened.close())));

  it('should read a small file as one block', async () => {
    const blocks = await readAll(file('a,b\nc,d\n'));
    expect(blocks.map(shape)).to.deep.equal([{ bytes: Buffer.from('a,b\nc,d\n'), start: 0, line: 1, lines: 2 }]);
  });

  it('should leave line ends and quotes as they are', async () => {
    const text = 'a\r\n"b\n\r\n",c\n\n\r\n"';
    expect(textOf(await readAll(file(text)))).to.equal(text);
  });

  const SMALL: readonly (readonly [what: string, text: string, lines: number, read?: string])[] = [
    ['a last line that is not ended', 'a\nb', 1],
    ['one line that is not ended', 'a', 0],
    ['nothing but a line end', '\n', 1],
    ['a file that starts with a BOM, without it', `${BOM}a\nb\n`, 2, 'a\nb\n'],
    ['a second BOM and one further behind, as text', `${BOM}${BOM}a${BOM}\n${BOM}b\n`, 2, `${BOM}a${BOM}\n${BOM}b\n`],
  ];
  for (const [what, text, lines, read = text] of SMALL) {
    it(`should read ${what}`, async () => {
      const blocks = await readAll(file(text));
      expect(textOf(blocks)).to.equal(read);
      expect(blocks.reduce((sum, { lines }) => sum + lines, 0)).to.equal(lines);
    });
  }

  it('should read a BOM alone as no text', async () => {
    expect(textOf(await readAll(file(BOM)))).to.equal('');
  });

  it('should read a BOM at the start of a later block as text', async () => {
    const text = `${'x'.repeat(BLOCK - 1)}\n${BOM}b\n`;
    expect(textOf(await readAll(file(text))) === text).to.equal(true);
  });

  it('should read any file as blocks of whole lines that know where they stand', async () => {
    const line = fc.oneof(fc.constantFrom(0, 1, BLOCK - 2, BLOCK - 1, BLOCK, BLOCK + 1), fc.nat({ max: 3 * BLOCK }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('', BOM),
        fc.constantFrom('', '\n', 'é'),
        async (lengths, bom, end) => {
          const text = lengths.map((length) => 'x'.repeat(length)).join('\n') + end;
          fc.pre(bom + text !== '');
          const blocks = await readAll(file(bom + text));
          expect(textOf(blocks) === text, 'same text').to.equal(true);
          let [line, start] = [1, Buffer.byteLength(bom)];
          for (const [i, block] of blocks.entries()) {
            expect(block).to.include({ start, line, lines: lineEnds(block.bytes.toString()) });
            if (i < blocks.length - 1) expect(block.bytes.at(-1)).to.equal(10);
            line += block.lines;
            start += block.bytes.length;
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('should read a long file in several blocks of about 256 KiB, a line across two of them as one of its own', async () => {
    const blocks = await readAll(file(LONG));
    expect(blocks.length).to.equal(2 * Math.ceil(LONG.length / BLOCK) - 1);
    expect(textOf(blocks) === LONG).to.equal(true);
    expect(Math.max(...blocks.map(({ bytes }) => bytes.length))).to.be.at.most(BLOCK + 50);
  });

  it('should keep letters whole that lie across two reads', async () => {
    for (const shift of ['', 'a', 'ab', 'abc']) {
      const text = `${shift}${'🛰'.repeat(BLOCK / 4)}\n${'é'.repeat(BLOCK)}\n`;
      expect(textOf(await readAll(file(text))) === text, `shifted by ${shift.length}`).to.equal(true);
    }
  });

  it('should read the same in blocks of another size', async () => {
    for (const blockSize of [1, 50, 1000]) {
      const blocks = await readAll(file(LONG.slice(0, 5000)), { blockSize });
      expect(textOf(blocks) === LONG.slice(0, 5000)).to.equal(true);
      expect(blocks.map(({ start }) => start)).to.deep.equal(blocks.map((_, i) => i * Math.max(50, blockSize)));
    }
  });

  it('should read a line of 10 MB as one block', async () => {
    const text = `first\n${'x'.repeat(10_000_000)}\nlast\n`;
    const blocks = await readAll(file(text));
    expect(blocks.map(({ line, lines }) => [line, lines])).to.deep.equal([[1, 1], [2, 1], [3, 1]]);
    expect(textOf(blocks) === text).to.equal(true);
  });

  it('should refuse a line of more than 64 MiB, naming it', async () => {
    const long = file('a\nb\n');
    truncateSync(long, 65 * 1024 * 1024); // filled up with zeros
    const failure = await failureOf(readAll(long));
    expect(failure).to.be.instanceOf(FileError).with.property('message', `${long}:3: a line longer than 64 MiB: is this a CSV file?`);
    expect(isOpen(long)).to.equal(false);
  });

  it('should read long lines that are more than 64 MiB together', async () => {
    const long = file(`${'x'.repeat(BLOCK + 1)}\n`.repeat(512));
    let lines = 0;
    for await (const block of readBlocks(long)) lines += block.lines;
    expect(lines).to.equal(512);
  });

  describe('with start', () => {
    it('should read any file from any line on, and count the lines from there', async () => {
      const line = fc.oneof(fc.constantFrom('', 'é', BOM), fc.nat({ max: 2 * BLOCK }).map((length) => 'x'.repeat(length)));
      await fc.assert(
        fc.asyncProperty(
          fc.array(line, { minLength: 1, maxLength: 6 }),
          fc.nat({ max: 5 }),
          fc.constantFrom('', '\n'),
          async (lines, before, end) => {
            const rest = lines.slice(before).join('\n') + end;
            const start = Buffer.byteLength(
              lines
                .slice(0, before)
                .map((text) => `${text}\n`)
                .join(''),
            );
            fc.pre(start > 0 && before < lines.length && rest !== '');
            const blocks = await readAll(file(lines.join('\n') + end), { start, file: await handle() });
            expect(textOf(blocks) === rest, 'same text').to.equal(true);
            let next = { start, line: 1 };
            for (const block of blocks) {
              expect(block).to.include(next);
              next = { start: block.start + block.bytes.length, line: block.line + block.lines };
            }
          },
        ),
        { numRuns: 30 },
      );
    });

    it('should begin there also in a file that it opens itself', async () => {
      expect((await readAll(file('a\nb\nc\n'), { start: 2 })).map(shape)).to.deep.equal([
        { bytes: Buffer.from('b\nc\n'), start: 2, line: 1, lines: 2 },
      ]);
    });

    it('should read nothing at the end of the file', async () => {
      file('a\nb\n');
      expect(await readAll(path('file.csv'), { start: 4, file: await handle() })).to.deep.equal([]);
    });
  });

  describe('with a file that is open', () => {
    it('should leave it open, at its end, when returned and when aborted, and read it as often as it is asked', async () => {
      const long = file(LONG);
      const opened = await handle();
      expect(textOf(await readAll(long, { file: opened })) === LONG).to.equal(true);
      const returned = readBlocks(long, { file: opened });
      await returned.next();
      await returned.return();
      expect(await failureOf(readAll(long, { file: opened, signal: AbortSignal.abort() }))).to.have.property('name', 'AbortError');
      expect(isOpen(long)).to.equal(true);
      expect(textOf(await readAll(long, { file: opened })) === LONG).to.equal(true);
    });

    it('should read that file, whatever its path leads to by then', async () => {
      file('a\nb\n');
      const opened = await handle();
      renameSync(path('file.csv'), path('moved.csv'));
      expect(textOf(await readAll(file('another\n'), { file: opened }))).to.equal('a\nb\n');
    });

    it('should be read by several at once', async () => {
      const long = file(LONG);
      const opened = await handle();
      const texts = await Promise.all([0, 50, 100].map(async (start) => textOf(await readAll(long, { file: opened, start }))));
      expect(texts.map((text) => text.length)).to.deep.equal([0, 50, 100].map((start) => LONG.length - start));
    });

    it('should say that it is empty', async () => {
      const empty = file('');
      expect((await failureOf(readAll(empty, { file: await handle() }))).message).to.equal(
        `${empty} is empty: it needs a header line at least`,
      );
    });
  });

  describe('with wholeLinesOnly', () => {
    const WHOLE: readonly (readonly [what: string, text: string, read: string])[] = [
      ['leave out a last line that is not ended', 'a\nb', 'a\n'],
      ['leave out the only line if it is not ended', 'a', ''],
      ['leave out nothing of a file whose last line is ended', 'a\nb\n', 'a\nb\n'],
      ['leave out a last line of which only the LF is missing', 'a\r\nb\r', 'a\r\n'],
    ];
    for (const [what, text, read] of WHOLE) {
      it(`should ${what}`, async () => {
        expect(textOf(await readAll(file(text), { wholeLinesOnly: true }))).to.equal(read);
      });
    }

    it('should not mind a letter that is half written', async () => {
      const torn = Buffer.from('a\né').subarray(0, 3);
      expect(textOf(await readAll(file(torn), { wholeLinesOnly: true }))).to.equal('a\n');
    });
  });

  it('should tell of every byte as it is read, also of the BOM and of a last line that is left out', async () => {
    for (const text of [`${BOM}a\nb`, LONG]) {
      const seen: Buffer[] = [];
      await readAll(file(text), { wholeLinesOnly: true, seen: (chunk) => seen.push(chunk) });
      expect(Buffer.concat(seen).toString() === text).to.equal(true);
    }
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

    it('should say that a part of its path is a file', async () => {
      const failure = await failureOf(readAll(`${file('a\n')}/b.csv`));
      expect(failure)
        .to.be.instanceOf(FileError)
        .with.property('message', `cannot read ${path('file.csv')}/b.csv: not a directory (a part of the path is a file, not a folder)`);
    });

    it('should say that it is empty', async () => {
      const empty = file('');
      for (const wholeLinesOnly of [false, true]) {
        const failure = await failureOf(readAll(empty, { wholeLinesOnly }));
        expect(failure).to.be.instanceOf(FileError).with.property('message', `${empty} is empty: it needs a header line at least`);
      }
      expect(isOpen(empty)).to.equal(false);
    });

    const BYTE = Buffer.from([0xe9]); // é in Latin-1
    const NOT_UTF8: readonly (readonly [what: string, content: Buffer, line: number])[] = [
      ['Latin-1 in the first line', Buffer.concat([BYTE, Buffer.from('\nb\n')]), 1],
      ['Latin-1 in the third line', Buffer.concat([Buffer.from('é\n\n'), BYTE, Buffer.from('\nd\n')]), 3],
      ['Latin-1 in a last line that is not ended', Buffer.concat([Buffer.from(`${BOM}a\nb`), BYTE]), 2],
      ['Latin-1 far behind', Buffer.concat([Buffer.from(LONG), BYTE, Buffer.from('\n')]), 30_001],
      ['a letter that is cut at the end', Buffer.from('a\né').subarray(0, 3), 2],
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

    it('should say that bytes are no text, if some of them never stand in one', async () => {
      const foreign = file(Buffer.concat([Buffer.from('a,b\n\0'), BYTE, Buffer.from('\n')]));
      expect(await failureOf(readAll(foreign)))
        .to.be.instanceOf(FileError)
        .with.property('message', `${foreign}:2: this is not text: lastfix reads CSV`);
    });

    it('should say what it is, and what to do, if it is no text at all', async () => {
      const foreign = file(Buffer.from('PK\u0003\u0004 and so on'));
      expect(await failureOf(readAll(foreign)))
        .to.be.instanceOf(FileError)
        .with.property('message', `${foreign} is a zip archive: unpack it first`);
      expect(isOpen(foreign)).to.equal(false);
    });

    it('should say that it shrank while it was read', async () => {
      const shrinking = file(LONG);
      const blocks = readBlocks(shrinking);
      await blocks.next();
      truncateSync(shrinking, 100);
      const failure = await failureOf(rest(blocks));
      expect(failure).to.be.instanceOf(FileError);
      expect(failure.message).to.match(/ shrank from 1500000 to \d+ bytes while it was read: try again when nothing writes to it$/);
      expect(isOpen(shrinking)).to.equal(false);
    });
  });

  it('should open nothing before it is asked for a block', async () => {
    const blocks = readBlocks(path('none.csv'));
    expect(await blocks.return()).to.deep.equal({ done: true, value: undefined });
  });

  it('should close the file at its end', async () => {
    const long = file(LONG);
    await readAll(long);
    expect(isOpen(long)).to.equal(false);
  });

  it('should close the file when it is returned early', async () => {
    const long = file(LONG);
    const blocks = readBlocks(long);
    await blocks.next();
    expect(isOpen(long)).to.equal(true);
    await blocks.return();
    expect(isOpen(long)).to.equal(false);
    expect(await blocks.next()).to.deep.equal({ done: true, value: undefined });
  });

  it('should end with an AbortError and close the file when it is aborted', async () => {
    const long = file(LONG);
    const controller = new AbortController();
    const blocks = readBlocks(long, { signal: controller.signal });
    await blocks.next();
    expect(isOpen(long)).to.equal(true);
    controller.abort();
    const failure = await failureOf(rest(blocks));
    expect(failure).to.have.property('name', 'AbortError');
    expect(isOpen(long)).to.equal(false);
  });

  it('should read nothing when it is aborted before', async () => {
    const long = file(LONG);
    expect(await failureOf(readBlocks(long, { signal: AbortSignal.abort() }).next())).to.have.property('name', 'AbortError');
    await somethingElse(); // a second, uncaught error would end the program here
    expect(isOpen(long)).to.equal(false);
  });
});
