import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { FileError } from '../../csv/FileError.js';
import { escaped } from '../../domain/shown.js';

/** A file within a ZIP archive. */
export interface ZipMember {
  /** As the archive names it, without what a terminal might obey. */
  readonly name: string;
  /** How many bytes it has, unpacked, as the archive says. */
  readonly size: number;
  /** Its bytes, unpacked, as often as they are asked for; `taken` is told how many have been taken from the archive. */
  readonly open: (taken?: (bytes: number) => void) => AsyncGenerator<Buffer, void, undefined>;
}

/** What yauzl says where the directory is not found, which is the end of an archive. */
const CUT_OFF = 'End of central directory record signature not found';
const CHUNK = 256 * 1024;
/** How a member may be packed. */
const [STORED, DEFLATED] = [0, 8];
const METHODS: Record<number, string> = { 9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'Zstandard', 95: 'xz', 98: 'PPMd', 99: 'AES' };

/**
 * The files within a ZIP archive (ZIP64 too), in the order of its directory; folders are none. Nothing is written to
 * where their names lead, so these may be any. Holds the directory.
 *
 * @param descriptor of the open archive, which stays open
 * @throws FileError if its directory cannot be read; what `open` gives does, if the member cannot
 */
export async function zipMembers(archive: string, descriptor: number): Promise<readonly ZipMember[]> {
  const yauzl = await import('yauzl'); // few recordings are archives
  try {
    const zip = await yauzl.fromFdPromise(descriptor, { autoClose: false, decodeStrings: false });
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) {
      const name = escaped(yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false));
      if (name.endsWith('/')) continue;
      members.push({ name, size: entry.uncompressedSize, open: (taken) => unpacked(`${archive}/${name}`, zip, entry, taken) });
    }
    return members;
  } catch (cause) {
    const { message } = cause as Error;
    const what = message.startsWith(CUT_OFF) ? 'is cut off: get the whole file' : `is damaged (${message}): get it again`;
    throw new FileError(`cannot read ${archive}: the zip archive ${what}`, { cause });
  }
}

/** The bytes of a member. @throws FileError if it cannot be unpacked, or is not what the directory says of it */
async function* unpacked(
  name: string,
  zip: ZipFile,
  entry: Entry,
  taken: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const { compressionMethod: method } = entry;
  if (entry.isEncrypted()) throw new FileError(`${name} needs a password: unpack it first`);
  if (method !== STORED && method !== DEFLATED)
    throw new FileError(`${name} is compressed with ${METHODS[method] ?? `method ${method}`}, which is not supported: unpack it first`);
  let [sum, size] = [0, 0];
  const damaged = (how: string, cause?: unknown) =>
    new FileError(`cannot unpack ${name}: it is damaged (${how}): get the archive again`, { cause });
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    for await (const chunk of method === STORED ? counted(packed, taken) : inflated(counted(packed, taken))) {
      size += chunk.length;
      if (size > entry.uncompressedSize) break;
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (cause) {
    throw damaged((cause as Error).message, cause);
  }
  if (size !== entry.uncompressedSize) throw damaged(`it should have ${entry.uncompressedSize} bytes unpacked`);
  if (sum !== entry.crc32) throw damaged('its checksum is wrong');
}

function inflated(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  pipeline(packed, inflate, () => undefined); // a failure reaches the reader
  return inflate;
}

async function* counted(chunks: AsyncIterable<Buffer>, taken: (bytes: number) => void): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of chunks) {
    taken(chunk.length);
    yield chunk;
  }
}
