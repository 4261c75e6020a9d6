/** What stands at which bytes (as Latin-1) of files that people take for text; what they are, and what to do about it. */
const KINDS: readonly (readonly [marks: Readonly<Record<number, string>>, what: string])[] = [
  ...['[Content_Types].xml', '_rels/', 'docProps/', 'xl/'].map(
    (entry) =>
      [{ 0: 'PK\x03\x04', 30: entry }, 'an Office document: if it is an Excel workbook, give it a name that ends in .xlsx'] as const,
  ),
  [{ 0: 'PK\x03\x04' }, 'a zip archive: unpack it first'],
  [{ 0: '\x1f\x8b' }, 'packed twice by gzip: unpack it once first'],
  [{ 0: '\xfd7zXZ\0' }, 'packed by xz: unpack it first, with xz -d'],
  [{ 0: '\x28\xb5\x2f\xfd' }, 'packed by zstd: unpack it first, with zstd -d'],
  [{ 0: 'BZh', 4: '1AY&SY' }, 'packed by bzip2: unpack it first, with bzip2 -d'],
  [{ 0: '7z\xbc\xaf\x27\x1c' }, 'a 7z archive: unpack it first'],
  [{ 0: 'Rar!\x1a\x07' }, 'a RAR archive: unpack it first'],
  [{ 257: 'ustar' }, 'a tar archive: unpack it first'],
  [{ 0: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' }, 'an old Office document: if it is an Excel workbook, save it as .xlsx or CSV'],
  [{ 0: 'PAR1\x15' }, 'a Parquet file: convert it to CSV'],
  [{ 0: 'SQLite format 3\0' }, 'an SQLite database: export the table as CSV'],
  [{ 0: '%PDF-' }, 'a PDF: lastfix reads CSV'],
  ...['\xff\xfe', '\xfe\xff'].map((mark) => [{ 0: mark }, 'UTF-16 text: convert it, with iconv -f UTF-16 -t UTF-8'] as const),
];
/** How many bytes are enough to recognise each of them. */
const ENOUGH = 300;

/** Says what a file is by its first bytes, and what to do, if it is of a usual kind that is no UTF-8 text. */
export function foreignKind(start: Buffer): string | undefined {
  const text = start.toString('latin1', 0, ENOUGH);
  return KINDS.find(([marks]) => Object.entries(marks).every(([at, mark]) => text.startsWith(mark, Number(at))))?.[1];
}
