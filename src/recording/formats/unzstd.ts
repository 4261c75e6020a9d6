import { FileError } from '../../csv/FileError.js';

/** How many packed bytes are unpacked at a time: four of them may be 128 KiB. */
const SLICE = 1024;
/** What zstd itself unpacks without being told to take more memory. */
const MAX_WINDOW = 128 * 2 ** 20;

/**
 * The bytes that zstd has packed (RFC 8878), as they are asked for. Holds the window that the file names, 128 MiB at most,
 * and what 1,024 packed bytes can be: 32 MiB, if they were made for that. Its checksum is not compared.
 *
 * @throws FileError if they are not what zstd packs, are cut off, or need a larger window
 */
export async function* unzstd(name: string, packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const { Decompress } = await import('fzstd'); // few recordings are packed so
  let unpacked: Buffer[] = [];
  const decompress = new Decompress((bytes) => {
    if (bytes.length > 0) unpacked.push(Buffer.from(bytes));
  });
  let start: Buffer | undefined = Buffer.alloc(0);
  const push = (bytes: Buffer, isLast: boolean) => {
    try {
      decompress.push(bytes, isLast);
    } catch (cause) {
      throw new FileError(
        isLast
          ? `cannot unpack ${name}: it is cut off or damaged: get it again`
          : `cannot unpack ${name}: it is damaged (${(cause as Error).message}): get it again`,
        { cause },
      );
    }
    const out = unpacked;
    unpacked = [];
    return out;
  };
  for await (const chunk of packed) {
    start &&= checkedWindow(name, Buffer.concat([start, chunk.subarray(0, HEADER)]));
    for (let at = 0; at < chunk.length; at += SLICE) yield* push(chunk.subarray(at, at + SLICE), false);
  }
  yield* push(Buffer.alloc(0), true);
}

/** What the first bytes of a frame are at most, up to the size of its window. */
const HEADER = 6;

/** The first bytes, as long as they do not say how large the window is; `undefined` once they do. @throws FileError if it is too large */
function checkedWindow(name: string, start: Buffer): Buffer | undefined {
  if (start.length < HEADER) return start;
  const isSingle = ((start[4]! >> 5) & 1) === 1;
  const window = isSingle ? 0 : 2 ** (10 + (start[5]! >> 3)) * (1 + (start[5]! & 7) / 8);
  if (window <= MAX_WINDOW) return undefined;
  throw new FileError(`${name} is compressed with zstd with a window of ${window / 2 ** 20} MiB: unpack it first, with zstd -d --long=31`);
}
