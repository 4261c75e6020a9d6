import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { failureOf } from '../../support/failureOf.js';
import { partsRead } from '../../support/partsRead.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { workbook } from '../../support/workbook.js';
import { zip64 } from '../../support/zip64.js';

const CSV = 'device,lat\n7,1\n';

describe('zipMembers', () => {
  const at = temporaryFolder();
  const zip = (members: Readonly<Record<string, string | Uint8Array>>, options = {}) => {
    const files = Object.entries(members).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content]);
    return zipSync(Object.fromEntries(files) as Zippable, options);
  };
  const read = async (bytes: Uint8Array) => {
    writeFileSync(at('in.zip'), bytes);
    const said: string[] = [];
    const parts = await partsRead(at('in.zip'), { said: (sentence) => said.push(sentence.replaceAll(at('in.zip'), 'in.zip')) });
    return { parts: parts.map(({ name, ...part }) => ({ ...part, name: name.replace(at('in.zip'), 'in.zip') })), said };
  };
  const saidOf = async (bytes: Uint8Array) => (await failureOf(read(bytes))).message.replaceAll(at('in.zip'), 'in.zip');

  it('should read each member that may be a recording, as an input of its own name, in the order of the archive', async () => {
    const { parts, said } = await read(
      zip({ 'b/one.csv': CSV, 'a.csv': `${CSV}8,2\n`, 'c.jsonl': '{"device":7}', 'd.csv.gz': gzipSync(CSV) }),
    );
    expect(parts).to.deep.equal([
      { name: 'in.zip/b/one.csv', kind: 'csv', of: 4, text: CSV },
      { name: 'in.zip/a.csv', kind: 'csv', of: 4, text: `${CSV}8,2\n` },
      { name: 'in.zip/c.jsonl', kind: 'jsonl', of: 4, header: ['device'], rows: [['7']] },
      { name: 'in.zip/d.csv.gz', kind: 'csv', of: 4, text: CSV },
    ]);
    expect(said).to.deep.equal([]);
  });

  it('should pass over what is not a recording, and say so', async () => {
    const { parts, said } = await read(
      zip({
        'in.csv': CSV,
        'map.pdf': '%PDF-1.7',
        'inner.zip': zip({ 'x.csv': CSV }),
        'noise.bin': 'a\0b',
        'empty.csv': '',
        '__MACOSX/._in.csv': 'x',
        '.DS_Store': 'x',
      }),
    );
    expect(parts.map(({ name, of }) => [name, of])).to.deep.equal([['in.zip/in.csv', 1]]);
    expect(said).to.deep.equal([
      'in.zip: passing over map.pdf (a PDF: export the table as CSV from the program that made it), inner.zip (a zip archive: unpack it first), noise.bin (not text), empty.csv (empty)',
      'in.zip: passing over 2 hidden files, such as __MACOSX/._in.csv',
    ]);
    expect(await saidOf(zip({ 'map.pdf': '%PDF-1.7' }))).to.equal(
      'in.zip has no recording in it, but map.pdf (a PDF: export the table as CSV from the program that made it): choose another file',
    );
    expect(await saidOf(zip({ '.DS_Store': 'x' }))).to.equal('in.zip has no recording in it: choose another file');
    expect(await saidOf(zip({}))).to.equal('in.zip is a zip archive with nothing in it: get it again');
  });

  it('should read the same from a pipe, wherever it is cut', async () => {
    const bytes = zip({ 'a.csv': CSV, 'b.csv': CSV });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 8 }), async (cuts) => {
        const parts = await partsRead({ name: 'standard input', bytes, cuts });
        expect(parts.map(({ name, text }) => [name, text])).to.deep.equal([['standard input/a.csv', CSV], ['standard input/b.csv', CSV]]);
      }),
      { numRuns: 30 },
    );
  });

  it('should write nothing where the name of a member leads, and show no name as a terminal would obey it', async () => {
    const { parts } = await read(zip({ '../../tmp/x.csv': CSV, '/etc/y.csv': CSV, 'ä\nb\u001b[31m.csv': CSV }));
    expect(parts.map(({ name, text }) => [name, text])).to.deep.equal([
      ['in.zip/../../tmp/x.csv', CSV],
      ['in.zip//etc/y.csv', CSV],
      ['in.zip/ä\\u000ab\\u001b[31m.csv', CSV],
    ]);
  });

  it('should read zip64, and what is only stored', async () => {
    expect((await read(zip64('large.csv', Buffer.from(CSV)))).parts).to.deep.equal([
      { name: 'in.zip/large.csv', kind: 'csv', of: 1, text: CSV },
    ]);
    expect((await read(zip({ 'stored.csv': CSV }, { level: 0 }))).parts.map(({ text }) => text)).to.deep.equal([CSV]);
  });

  it('should say what cannot be unpacked: with a password, packed otherwise, damaged, cut off', async () => {
    const bytes = Buffer.from(zip({ 'in.csv': CSV.repeat(9) }));
    const stored = Buffer.from(zip({ 'in.csv': CSV }, { level: 0 }));
    const changed = ([place, value]: readonly [number, number], of = bytes) => {
      const copy = Buffer.from(of);
      copy[place] = value;
      return copy;
    };
    const central = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    expect(await saidOf(changed([central + 8, 1]))).to.equal('in.zip/in.csv needs a password: unpack it first');
    expect(await saidOf(changed([central + 10, 9]))).to.equal(
      'in.zip/in.csv is compressed with Deflate64, which is not supported: unpack it first',
    );
    expect(await saidOf(changed([central + 10, 77]))).to.equal(
      'in.zip/in.csv is compressed with method 77, which is not supported: unpack it first',
    );
    expect(await saidOf(changed([stored.indexOf(CSV), 65], stored))).to.equal(
      'cannot unpack in.zip/in.csv: it is damaged (its checksum is wrong): get the archive again',
    );
    expect(await saidOf(changed([central + 24, 3]))).to.match(
      /^cannot unpack in\.zip\/in\.csv: it is damaged \(.*\): get the archive again$/,
    );
    expect(await saidOf(bytes.subarray(0, -1))).to.equal('cannot read in.zip: the zip archive is cut off: get the whole file');
    const deflated = zip({ 'in.csv': CSV.repeat(100) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: deflated.length - 1 }), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const damaged = Uint8Array.from(deflated);
        damaged[place]! ^= change;
        const outcome = await read(damaged).then(
          ({ parts }) => parts[0]?.text === CSV.repeat(100),
          (error: unknown) => (error as Error).name,
        );
        expect(outcome).to.be.oneOf([true, 'FileError']);
      }),
      { numRuns: 300 },
    );
  });

  it('should unpack what was made to become large a little at a time', async () => {
    const large = new Uint8Array(64 * 2 ** 20).fill(0x31);
    writeFileSync(at('bomb.zip'), zip({ 'in.csv': large }));
    const { partsOf } = await import('../../../src/recording/formats/partsOf.js');
    let [bytes, most] = [0, 0];
    for await (const { csv } of partsOf({ name: at('bomb.zip') }, { tmp: at('.') })) {
      for await (const chunk of csv!.chunks!) {
        bytes += chunk.length;
        most = Math.max(most, chunk.length);
      }
    }
    expect([bytes, most]).to.deep.equal([large.length, 256 * 1024]);
  });

  it('should tell a workbook from an archive, whatever it is called, and other documents from both', async () => {
    const sheet = await read(workbook('<row><c><v>1</v></c></row>'));
    expect(sheet.parts).to.deep.equal([{ name: 'in.zip', kind: 'sheet', of: 1, header: ['1'], rows: [] }]);
    expect(await saidOf(zip({ 'word/document.xml': 'x' }))).to.equal('in.zip is a Word document: save the table as CSV');
    expect(await saidOf(zip({ mimetype: 'x', 'content.xml': 'x' }))).to.equal(
      'in.zip is an OpenDocument file: save it as .xlsx, or as CSV',
    );
    expect(await saidOf(zip({ 'doc.kml': '<kml/>' }))).to.equal(
      'in.zip is a KMZ file: unpack it, and convert what is in it to GPX, with gpsbabel -i kml -f doc.kml -o gpx -F track.gpx',
    );
  });
});
