import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { foreignKind } from '../../src/csv/foreignKind.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const CSV = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';

describe('foreignKind', () => {
  for (const [what, start, said] of [
    ['zip', bytes(`PK\x03\x04${'\0'.repeat(26)}recording.csv`), 'a zip archive: unpack it first'],
    ['gzip within gzip', gzipSync(CSV), 'packed twice by gzip: unpack it once first'],
    ['xz', bytes('\xfd7zXZ\0\0\x04'), 'packed by xz: unpack it first, with xz -d'],
    ['zstd', bytes('\x28\xb5\x2f\xfd\x04'), 'packed by zstd: unpack it first, with zstd -d'],
    ['bzip2', bytes('BZh91AY&SY\x01'), 'packed by bzip2: unpack it first, with bzip2 -d'],
    ['7z', bytes('7z\xbc\xaf\x27\x1c\0'), 'a 7z archive: unpack it first'],
    ['RAR', bytes('Rar!\x1a\x07\x01\0'), 'a RAR archive: unpack it first'],
    ['.xls', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0'), 'an old Office document: if it is an Excel workbook, save it as .xlsx or CSV'],
    ['Parquet', bytes('PAR1\x15\x04'), 'a Parquet file: convert it to CSV'],
    ['SQLite', bytes('SQLite format 3\0'), 'an SQLite database: export the table as CSV'],
    ['PDF', bytes('%PDF-1.7\n%\xe2\xe3'), 'a PDF: lastfix reads CSV'],
    ['UTF-16, little end first', Buffer.from(`\ufeff${CSV}`, 'utf16le'), 'UTF-16 text: convert it, with iconv -f UTF-16 -t UTF-8'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16(), 'UTF-16 text: convert it, with iconv -f UTF-16 -t UTF-8'],
  ] as const) {
    it(`should know ${what}, and say what to do`, () => {
      expect(foreignKind(start)).to.equal(said);
    });
  }

  for (const entry of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'docProps/app.xml']) {
    it(`should know an Excel workbook that is not called one, by its first entry ${entry}`, () => {
      expect(foreignKind(bytes(`PK\x03\x04${'\0'.repeat(26)}${entry}`))).to.equal(
        'an Office document: if it is an Excel workbook, give it a name that ends in .xlsx',
      );
    });
  }

  it('should know a tar archive', () => {
    const { stdout } = spawnSync('tar', ['--format=ustar', '-c', 'package.json']);
    expect(foreignKind(stdout)).to.equal('a tar archive: unpack it first');
  });

  for (const text of [CSV, `\ufeff${CSV}`, 'PK,lat\n', 'BZh9,lat\n', 'PAR1,lat\n', 'Rar!,lat\n', '7z,lat\n', '', 'é,ü\n']) {
    it(`should have nothing against text: ${JSON.stringify(text.slice(0, 12))}`, () => {
      expect(foreignKind(Buffer.from(text))).to.equal(undefined);
    });
  }
});
