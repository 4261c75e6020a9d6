const PCAP = 'a network capture (pcap): export the positions in it as CSV, with tshark -T fields -E header=y';
/** What stands at which bytes (as Latin-1) of files that people take for recordings; what they are, and what to do about it. */
const KINDS: readonly (readonly [marks: Readonly<Record<number, string>>, what: string])[] = [
  [{ 0: 'PK\x03\x04' }, 'a zip archive: unpack it first'],
  [{ 0: 'PK\x05\x06' }, 'a zip archive with nothing in it: get it again'],
  [{ 0: 'PK\x07\x08' }, 'a part of a zip archive: put its parts together first, with zip -s 0 --out whole.zip'],
  [{ 0: '\x1f\x8b' }, 'packed by gzip: unpack it first, with gzip -d'],
  [{ 0: '\x28\xb5\x2f\xfd' }, 'packed by zstd: unpack it first, with zstd -d'],
  [{ 0: '\xfd7zXZ\0' }, 'packed by xz: unpack it first, with xz -d'],
  [{ 0: 'BZh', 4: '1AY&SY' }, 'packed by bzip2: unpack it first, with bzip2 -d'],
  [{ 0: '\x04\x22\x4d\x18' }, 'packed by lz4: unpack it first, with lz4 -d'],
  [{ 0: '7z\xbc\xaf\x27\x1c' }, 'a 7z archive: unpack it first, with 7z x'],
  [{ 0: 'Rar!\x1a\x07' }, 'a RAR archive: unpack it first, with unrar x'],
  [{ 257: 'ustar' }, 'a tar archive: unpack it first, with tar -xf'],
  [
    { 0: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
    'an old Office document, or one with a password: if it is an Excel workbook, save it as .xlsx without a password, or as CSV',
  ],
  [{ 0: 'PAR1\x15' }, 'a Parquet file: convert it to CSV'],
  [{ 0: 'PARE' }, 'a Parquet file that is encrypted: decrypt it, and write it as Parquet or CSV'],
  [{ 0: 'SQLite format 3\0' }, 'an SQLite database: export the table as CSV, with sqlite3 -csv -header FILE "SELECT * FROM TABLE"'],
  [{ 0: '%PDF-' }, 'a PDF: export the table as CSV from the program that made it'],
  [{ 8: '.FIT' }, 'a FIT file: convert it to GPX, with gpsbabel -i garmin_fit -f FILE -o gpx -F track.gpx'],
  [{ 0: 'ARROW1' }, 'an Arrow file: write it as Parquet or CSV'],
  [{ 0: 'FEA1' }, 'a Feather file: write it as Parquet or CSV'],
  [{ 0: 'Obj\x01' }, 'an Avro file: write it as Parquet or CSV'],
  [{ 0: '\x89HDF\r\n\x1a\n' }, 'an HDF5 file: write it as Parquet or CSV'],
  [{ 0: '\0\0\x27\x0a' }, 'a shapefile: convert it to CSV, with ogr2ogr -lco GEOMETRY=AS_XY track.csv FILE'],
  ...['\xd4\xc3\xb2\xa1', '\xa1\xb2\xc3\xd4', '\x4d\x3c\xb2\xa1', '\xa1\xb2\x3c\x4d'].map(
    (mark) => [{ 0: mark }, PCAP] as const,
  ),
  ...['\x4d\x3c\x2b\x1a', '\x1a\x2b\x3c\x4d'].map((order) => [{ 0: '\n\r\r\n', 8: order }, PCAP] as const),
  ...['\x89PNG', '\xff\xd8\xff'].map((mark) => [{ 0: mark }, 'a picture: lastfix reads recordings of positions'] as const),
  ...['\xff\xfe', '\xfe\xff'].map((mark) => [{ 0: mark }, 'UTF-16 text: convert it, with iconv -f UTF-16 -t UTF-8'] as const),
];
/** How many bytes are enough to recognise each of them. */
export const ENOUGH = 300;

/** Says what a file is by its first bytes, and what to do, if it is of a usual kind that is no UTF-8 text. */
export function foreignKind(start: Buffer): string | undefined {
  const text = start.toString('latin1', 0, ENOUGH);
  return KINDS.find(([marks]) => Object.entries(marks).every(([at, mark]) => text.startsWith(mark, Number(at))))?.[1];
}
