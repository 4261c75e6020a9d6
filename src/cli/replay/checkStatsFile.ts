import { constants } from 'node:fs';
import { FileError } from '../../index.js';
import { fileId } from '../../csv/fileId.js';
import { ifMissing } from '../../csv/ifMissing.js';
import { openRegular } from '../../csv/openRegular.js';
import { placeOf } from '../../log/placeOf.js';
import { withoutLinks } from '../../log/withoutLinks.js';

/** How a file of statistics starts. */
const START = Buffer.from('{\n  "lastfix":');

export interface RunFiles {
  /** What it reads, by paths or as open descriptors. */
  readonly inputs: readonly (string | number)[];
  /** What it writes, whether it is there yet or not. */
  readonly outputs: readonly string[];
}

/**
 * Makes sure that the report may be written to a file: it is new, empty, or a report of an earlier run, and
 * none of the files that the run reads and writes.
 *
 * @returns where it is to be written: at the end of the path's links.
 * @throws FileError if it must not be replaced.
 */
export async function checkStatsFile(path: string, { inputs, outputs }: RunFiles): Promise<string> {
  const place = await placeOf(path, { trusting: false });
  const [id, ...read] = await Promise.all([place, ...inputs].map(fileId));
  const [own, ...written] = await Promise.all([place, ...outputs].map(withoutLinks));
  if ((id !== undefined && read.includes(id)) || written.includes(own!))
    throw new FileError(`${path} is a file of the run itself: name another with --stats`);
  if (!(await isReplaceable(place)))
    throw new FileError(`${path} is not a report that lastfix wrote, and is never overwritten: name another file with --stats`);
  return place;
}

async function isReplaceable(path: string): Promise<boolean> {
  const file = await openRegular('write', path, constants.O_RDONLY).catch(ifMissing);
  if (!file) return true;
  try {
    const { buffer, bytesRead } = await FileError.attempt('read', path, file.read(Buffer.alloc(START.length), 0, START.length, 0));
    return bytesRead === 0 || buffer.equals(START);
  } finally {
    await file.close();
  }
}
