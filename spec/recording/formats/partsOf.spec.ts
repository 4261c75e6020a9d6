import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { chunksOf } from '../../support/chunksOf.js';
import { failureOf } from '../../support/failureOf.js';
import { recorded } from '../../support/recorded.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { workbook } from '../../support/workbook.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';
const ROW = '7,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3';

describe('partsOf', () => {
  const at = temporaryFolder();

  it('should read what gzip has packed, in one part or several', async () => {
    const text = `${HEADER}\n${`${ROW}\n`.repeat(50_000)}`;
    writeFileSync(at('packed.csv'), Buffer.concat([gzipSync(text.slice(0, 1000)), gzipSync(text.slice(1000))]));
    const { fixes, rejected } = await recorded(at('packed.csv'));
    expect([fixes.length, rejected.length]).to.deep.equal([50_000, 0]);
  });

  it('should know what gzip has packed wherever a chunk is cut, also after its first byte', async () => {
    const text = `${HEADER}\n${ROW}`;
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), gzipSync(text), gzipSync(`\ufeff${text}`)]) {
      for (let cut = 1; cut < bytes.length; cut++) {
        const { fixes } = await recorded([{ name: 'standard input', chunks: chunksOf(bytes, [1, cut]) }]);
        expect(fixes.map(({ device }) => device), String(cut)).to.deep.equal(['7']);
      }
    }
  });

  it('should say that a packed file is torn', async () => {
    writeFileSync(at('torn.csv.gz'), gzipSync(`${HEADER}\n`).subarray(0, -9));
    const { message } = await failureOf(recorded(at('torn.csv.gz')));
    expect(message).to.equal(`cannot read ${at('torn.csv.gz')}: unexpected end of file (it is cut off: get the whole file)`);
  });
});

describe('readInputs, of an archive', () => {
  const at = temporaryFolder();
  const write = (members: Readonly<Record<string, string>>) => {
    writeFileSync(at('in.zip'), zipSync(Object.fromEntries(Object.entries(members).map(([name, text]) => [name, strToU8(text)]))));
    return at('in.zip');
  };
  const short = (text: string) => text.replaceAll(at('in.zip'), 'in.zip');

  it('should read each recording in it, say where a rejected row stands, and pass over other tables', async () => {
    const path = write({
      'README.txt': 'Read me first.\n',
      'one.csv': `${HEADER}\n${ROW}\n`,
      'stops.csv': 'stop,lat\n1,2\n',
      'two.csv': `${HEADER}\n8,91,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3\n${ROW.replace('7', '9')}\n`,
    });
    const { fixes, rejected, said } = await recorded(path);
    expect(fixes.map(({ device }) => device)).to.deep.equal(['7', '9']);
    expect(rejected.map(({ line, reason }) => [line, short(reason)])).to.deep.equal([
      [2, 'in.zip/two.csv: latitude "91" is not a number from -90 to 90'],
    ]);
    expect(said).to.have.length(2);
    expect(short(said[0]!)).to.match(/^passing over in\.zip\/README\.txt: the header /);
    expect(short(said[1]!)).to.match(/^passing over in\.zip\/stops\.csv: the header has no column /);
  });

  it('should read a workbook in it, and pass over an archive', async () => {
    const rows = [HEADER, ROW].map((row) => `<row>${row.split(',').map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`);
    writeFileSync(
      at('in.zip'),
      zipSync({
        'book.xlsx': workbook(rows.join('')),
        'inner.zip': zipSync({ 'one.csv': strToU8(`${HEADER}\n`) }),
        'one.csv': strToU8(`${HEADER}\n${ROW.replace('7', '9')}\n`),
      }),
    );
    const { fixes, said } = await recorded(at('in.zip'));
    expect(fixes.map(({ device }) => device).sort()).to.deep.equal(['7', '9']);
    expect(said.map(short)).to.deep.equal(['in.zip: passing over inner.zip (a zip archive: unpack it first)']);
  });

  it('should fail if no member is a recording, or one that may be is damaged', async () => {
    const path = write({ 'README.txt': 'Read me first.\n', 'stops.csv': 'stop,lat\n1,2\n' });
    expect(short((await failureOf(recorded(path))).message)).to.match(/^in\.zip\/README\.txt: the header /);
    const bytes = zipSync({ 'a.csv': [strToU8('x,y\n'), { level: 0 }], 'one.csv': strToU8(`${HEADER}\n${ROW}\n`) });
    bytes[Buffer.from(bytes).indexOf('x,y')]! ^= 1;
    writeFileSync(path, bytes);
    expect(short((await failureOf(recorded(path))).message)).to.equal(
      'cannot unpack in.zip/a.csv: it is damaged (its checksum is wrong): get the archive again',
    );
  });
});

describe('readInputs, of a workbook', () => {
  const at = temporaryFolder();
  const cells = (row: string) => `<row>${row.split(',').map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;

  it('should find the header below what stands above it', async () => {
    const rows = ['Report,Route', 'Device,Truck 7', HEADER, ROW, '8,91,2,x,x,3'];
    writeFileSync(at('report.xlsx'), workbook(`${cells(rows[0]!)}${cells(rows[1]!)}<row></row>${rows.slice(2).map(cells).join('')}`));
    const { fixes, rejected } = await recorded(at('report.xlsx'));
    expect(fixes.map(({ device, latitude }) => [device, latitude])).to.deep.equal([['7', '1']]);
    expect(rejected.map(({ line }) => line)).to.deep.equal([6]);
  });

  it('should say what is wrong with the row that has most in it, if there is no header', async () => {
    writeFileSync(at('report.xlsx'), workbook(['Report', 'a,b,c', '1,2'].map(cells).join('')));
    expect((await failureOf(recorded(at('report.xlsx')))).message).to.match(/it has "a", "b", "c"$/);
  });
});
