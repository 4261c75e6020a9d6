import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { foreignKind } from '../../src/csv/foreignKind.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const CSV = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';

describe('foreignKind', () => {
  for (const [what, start, said] of [
    ['zip', bytes(`PK\x03\x04${'\0'.repeat(26)}recording.csv`), 'a zip archive: unpack it first'],
    ['an empty zip', bytes(`PK\x05\x06${'\0'.repeat(18)}`), 'a zip archive with nothing in it: get it again'],
    [
      'a part of a zip',
      bytes('PK\x07\x08PK\x03\x04'),
      'a part of a zip archive: put its parts together first, with zip -s 0 --out whole.zip',
    ],
    ['gzip', gzipSync(CSV), 'packed by gzip: unpack it first, with gzip -d'],
    ['xz', bytes('\xfd7zXZ\0\0\x04'), 'packed by xz: unpack it first, with xz -d'],
    ['zstd', bytes('\x28\xb5\x2f\xfd\x04'), 'packed by zstd: unpack it first, with zstd -d'],
    ['bzip2', bytes('BZh91AY&SY\x01'), 'packed by bzip2: unpack it first, with bzip2 -d'],
    ['lz4', bytes('\x04\x22\x4d\x18\x64'), 'packed by lz4: unpack it first, with lz4 -d'],
    ['7z', bytes('7z\xbc\xaf\x27\x1c\0'), 'a 7z archive: unpack it first, with 7z x'],
    ['RAR', bytes('Rar!\x1a\x07\x01\0'), 'a RAR archive: unpack it first, with unrar x'],
    [
      '.xls',
      bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0'),
      'an old Office document, or one with a password: if it is an Excel workbook, save it as .xlsx without a password, or as CSV',
    ],
    ['Parquet', bytes('PAR1\x15\x04'), 'a Parquet file: convert it to CSV'],
    ['encrypted Parquet', bytes('PARE\x15\x04'), 'a Parquet file that is encrypted: decrypt it, and write it as Parquet or CSV'],
    [
      'SQLite',
      bytes('SQLite format 3\0'),
      'an SQLite database: export the table as CSV, with sqlite3 -csv -header FILE "SELECT * FROM TABLE"',
    ],
    ['PDF', bytes('%PDF-1.7\n%\xe2\xe3'), 'a PDF: export the table as CSV from the program that made it'],
    [
      'FIT',
      bytes('\x0e\x10\x43\x08\x78\x9b\x01\0.FIT'),
      'a FIT file: convert it to GPX, with gpsbabel -i garmin_fit -f FILE -o gpx -F track.gpx',
    ],
    [
      'pcap',
      bytes('\xd4\xc3\xb2\xa1\x02\0'),
      'a network capture (pcap): export the positions in it as CSV, with tshark -T fields -E header=y',
    ],
    [
      'pcapng',
      bytes('\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a'),
      'a network capture (pcap): export the positions in it as CSV, with tshark -T fields -E header=y',
    ],
    ['a picture', bytes('\x89PNG\r\n'), 'a picture: lastfix reads recordings of positions'],
    ['UTF-16, little end first', Buffer.from(`\ufeff${CSV}`, 'utf16le'), 'UTF-16 text: convert it, with iconv -f UTF-16 -t UTF-8'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16(), 'UTF-16 text: convert it, with iconv -f UTF-16 -t UTF-8'],
  ] as const) {
    it(`should know ${what}, and say what to do`, () => {
      expect(foreignKind(start)).to.equal(said);
    });
  }

  it('should know a tar archive', () => {
    const { stdout } = spawnSync('tar', ['--format=ustar', '-c', 'package.json']);
    expect(foreignKind(stdout)).to.equal('a tar archive: unpack it first, with tar -xf');
  });

  for (const text of [CSV, `\ufeff${CSV}`, 'PK,lat\n', 'BZh9,lat\n', 'PAR1,lat\n', 'Rar!,lat\n', '7z,lat\n', '', 'é,ü\n']) {
    it(`should have nothing against text: ${JSON.stringify(text.slice(0, 12))}`, () => {
      expect(foreignKind(Buffer.from(text))).to.equal(undefined);
    });
  }
});
