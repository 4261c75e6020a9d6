import { FileError } from '../../csv/FileError.js';
import { MEBIBYTE } from '../../csv/readBlocks.js';
import type { ZipMember } from './zipMembers.js';

/** JavaScript has no longer text, as which a sheet is read. */
const LONGEST_TEXT = 2 ** 29 - 24;

/** Makes sure that a workbook can be read. @throws FileError if it is too large */
export function checkSheet(name: string, members: readonly ZipMember[]): void {
  const large = members.find(({ size }) => size > LONGEST_TEXT);
  if (!large) return;
  const mebibytes = Math.ceil(large.size / MEBIBYTE);
  throw new FileError(`${name} is too large a workbook: ${large.name} in it has ${mebibytes} MiB: save it as CSV`);
}
