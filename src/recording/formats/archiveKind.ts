import type { Foreign } from './kindOf.js';
import type { ZipMember } from './zipMembers.js';

const OFFICE: readonly (readonly [RegExp, string])[] = [
  [/^xl\/workbook\.bin$/, 'an Excel workbook in binary (.xlsb): save it as .xlsx, or as CSV'],
  [/^word\//, 'a Word document: save the table as CSV'],
  [/^ppt\//, 'a PowerPoint document: lastfix reads recordings of positions'],
  [/^content\.xml$/, 'an OpenDocument file: save it as .xlsx, or as CSV'],
  [/^doc\.kml$/, 'a KMZ file: unpack it, and convert what is in it to GPX, with gpsbabel -i kml -f doc.kml -o gpx -F track.gpx'],
  [/^Index\/.*\.iwa$/, 'a Numbers document: export it as .xlsx, or as CSV'],
];

/** What a ZIP archive is by the names of its members: a workbook, another document that is one, or an archive of files. */
export function archiveKind(members: readonly ZipMember[]): 'sheet' | 'archive' | Foreign {
  const names = members.map(({ name }) => name);
  if (names.includes('xl/workbook.xml')) return 'sheet';
  const foreign = OFFICE.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
  return foreign === undefined ? 'archive' : { foreign };
}
