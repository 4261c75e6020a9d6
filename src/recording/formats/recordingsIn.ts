import { FileError } from '../../csv/FileError.js';
import { counted } from '../../domain/counted.js';
import { listed } from '../../domain/listed.js';
import { archiveKind } from './archiveKind.js';
import { checkSheet } from './checkSheet.js';
import { identified, type Identified } from './identified.js';
import type { Part } from './Part.js';
import type { PartOptions } from './PartOptions.js';
import { peeked } from './peeked.js';
import { spooled } from './spooled.js';
import { zipMembers, type ZipMember } from './zipMembers.js';

/** What systems put beside the files of a folder. */
const HIDDEN = /^__MACOSX\/|(?:^|\/)(?:\.[^/]*|Thumbs\.db|desktop\.ini)$/;
const NUL = 0;

interface Found {
  readonly bytes: Identified['bytes'];
  readonly kind: Part['kind'];
}

/**
 * The members of an archive that may be recordings, by their first bytes.
 *
 * @param options `said` is called with a sentence about those that are not recordings; a workbook is put into a temporary file
 * @throws FileError if there is none, or a member cannot be unpacked
 */
export async function recordingsIn(
  archive: string,
  members: readonly ZipMember[],
  options: PartOptions,
): Promise<readonly Found[]> {
  const { said = () => undefined } = options;
  const found: Found[] = [];
  const others: string[] = [];
  const hidden = members.filter(({ name }) => HIDDEN.test(name));
  for (const { name, open } of members.filter(({ name }) => !HIDDEN.test(name))) {
    const { bytes, kind } = await identified({ name: `${archive}/${name}`, again: true, open });
    const one = kind === 'zip' ? await workbookIn(bytes, options) : { bytes, kind };
    const foreign = typeof one.kind === 'object' ? one.kind.foreign : await emptyOrBinary(bytes, one.kind);
    if (foreign !== undefined) others.push(`${name} (${foreign})`);
    else found.push(one as Found);
  }
  if (found.length === 0)
    throw new FileError(`${archive} has no recording in it${others.length > 0 ? `, but ${listed(others)}` : ''}: choose another file`);
  if (others.length > 0) said(`${archive}: passing over ${listed(others)}`);
  if (hidden.length > 0) said(`${archive}: passing over ${counted(hidden.length, 'hidden file')}, such as ${hidden[0]!.name}`);
  return found;
}

/** What a zip within an archive is: a workbook, or nothing that is read. */
async function workbookIn(bytes: Identified['bytes'], options: PartOptions): Promise<Identified | Found> {
  const file = await spooled(bytes, { ...options, taken: undefined });
  const members = await zipMembers(bytes.name, file.handle.fd);
  const kind = archiveKind(members);
  if (kind === 'sheet') checkSheet(bytes.name, members);
  return { bytes: file, kind: kind === 'archive' ? { foreign: 'a zip archive: unpack it first' } : kind };
}

/** Whether what seems to be text is empty, or has zeros in it without being UTF-16. */
async function emptyOrBinary(bytes: Identified['bytes'], kind: Found['kind'] | Identified['kind']): Promise<string | undefined> {
  if (kind !== 'csv') return undefined;
  const { found } = await peeked(bytes, (start) => {
    if (start.toString('latin1').trim() === '') return 'empty';
    return start.includes(NUL) && !isMarked(start) ? 'not text' : '';
  });
  return found === '' ? undefined : found;
}

function isMarked(start: Buffer): boolean {
  return start.readUInt16BE(0) === 0xfffe || start.readUInt16BE(0) === 0xfeff;
}
