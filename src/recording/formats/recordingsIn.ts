import { FileError } from '../../csv/FileError.js';
import { counted } from '../../domain/counted.js';
import { listed } from '../../domain/listed.js';
import { identified, type Identified } from './identified.js';
import type { Part } from './Part.js';
import { peeked } from './peeked.js';
import type { ZipMember } from './zipMembers.js';

/** What systems put beside the files of a folder. */
const HIDDEN = /^__MACOSX\/|(?:^|\/)(?:\.[^/]*|Thumbs\.db|desktop\.ini)$/;
const NUL = 0;

interface Found {
  readonly bytes: Identified['bytes'];
  readonly kind: Exclude<Part['kind'], 'sheet'>;
}

/**
 * The members of an archive that may be recordings, by their first bytes.
 *
 * @param said called with a sentence about those that are not recordings
 * @throws FileError if there is none, or a member cannot be unpacked
 */
export async function recordingsIn(
  archive: string,
  members: readonly ZipMember[],
  said: (sentence: string) => void = () => undefined,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const others: string[] = [];
  const hidden = members.filter(({ name }) => HIDDEN.test(name));
  for (const { name, open } of members.filter(({ name }) => !HIDDEN.test(name))) {
    const { bytes, kind } = await identified({ name: `${archive}/${name}`, again: true, open });
    const known =
      kind === 'zip' ? 'a zip archive or an Excel workbook: unpack it first' : typeof kind === 'object' ? kind.foreign : undefined;
    const foreign = known ?? (await emptyOrBinary(bytes, kind));
    if (foreign !== undefined) others.push(`${name} (${foreign})`);
    else found.push({ bytes, kind: kind as Found['kind'] });
  }
  if (found.length === 0)
    throw new FileError(`${archive} has no recording in it${others.length > 0 ? `, but ${listed(others)}` : ''}: choose another file`);
  if (others.length > 0) said(`${archive}: passing over ${listed(others)}`);
  if (hidden.length > 0) said(`${archive}: passing over ${counted(hidden.length, 'hidden file')}, such as ${hidden[0]!.name}`);
  return found;
}

/** Whether what seems to be text is empty, or has zeros in it without being UTF-16. */
async function emptyOrBinary(bytes: Identified['bytes'], kind: Identified['kind']): Promise<string | undefined> {
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
