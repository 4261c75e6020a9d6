import { open, type FileHandle } from 'node:fs/promises';
import { FileError } from '../../csv/FileError.js';
import { readChunks } from '../../csv/readChunks.js';
import type { Input } from '../Input.js';
import { archiveKind } from './archiveKind.js';
import type { Bytes } from './Bytes.js';
import { checkSheet } from './checkSheet.js';
import { chunksOf, fileBytes } from './fileBytes.js';
import { identified } from './identified.js';
import type { Part } from './Part.js';
import { partOf } from './partOf.js';
import type { PartOptions } from './PartOptions.js';
import { recordingsIn } from './recordingsIn.js';
import { spooled } from './spooled.js';
import { zipMembers } from './zipMembers.js';

const CHUNK = 256 * 1024;

/**
 * What an input is by its first bytes: CSV, or another format, or an archive with several of them, each of which may be
 * packed by gzip or zstd. Each part is to be read before the next is asked for.
 *
 * A pipe is read as it comes, unless what it gives can only be read at any place, as an archive, or twice, as GPX: that
 * is put into a temporary file first.
 *
 * @throws FileError if it cannot be read, or is of a kind that is known and is not read
 */
export async function* partsOf({ name, chunks }: Input, options: Omit<PartOptions, 'closing'>): AsyncGenerator<Part, void, undefined> {
  const handle = chunks ? undefined : await FileError.attempt('read', name, open(name));
  const closing: FileHandle[] = handle ? [handle] : [];
  try {
    const { bytes, kind } = await identified(await given(name, chunks, handle));
    if (typeof kind === 'object') throw new FileError(`${name} is ${kind.foreign}`);
    if (kind === 'zip') yield* partsOfArchive(bytes, { ...options, closing });
    else yield { ...(await partOf(bytes, kind, { ...options, closing })), of: 1 };
  } finally {
    for (const file of closing) await file.close();
  }
}

/** The bytes of an input: of chunks, of a file, or of what else stands at a path, as a pipe. */
async function given(name: string, chunks: AsyncIterable<Buffer> | undefined, handle: FileHandle | undefined): Promise<Bytes> {
  if (handle && (await handle.stat()).isFile()) return fileBytes(name, handle);
  const once = chunks ?? chunksOf(name, readChunks(handle!, CHUNK, null));
  return { name, again: false, open: () => once };
}

async function* partsOfArchive(packed: Bytes, options: PartOptions): AsyncGenerator<Part, void, undefined> {
  const { name } = packed;
  const archive = await spooled(packed, options);
  const inside = packed.handle ? options : { ...options, taken: undefined };
  const members = await zipMembers(name, archive.handle.fd);
  const kind = archiveKind(members);
  if (typeof kind === 'object') throw new FileError(`${name} is ${kind.foreign}`);
  if (kind === 'sheet') {
    checkSheet(name, members);
    yield { ...(await partOf(archive, kind, inside)), of: 1 };
    return;
  }
  const recordings = await recordingsIn(name, members, options);
  for (const { bytes, kind } of recordings) yield { ...(await partOf(bytes, kind, inside)), of: recordings.length };
}
