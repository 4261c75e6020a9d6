import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileError } from '../../csv/FileError.js';
import type { Bytes } from './Bytes.js';
import { unzstd } from './unzstd.js';

const CHUNK = 256 * 1024;

/** What gzip or zstd has packed, unpacked. @throws FileError if it is damaged or cut off */
export function unpacked({ name, again, open }: Bytes, kind: 'gzip' | 'zstd'): Bytes {
  return { name, again, open: (taken) => (kind === 'gzip' ? gunzipped(name, open(taken)) : unzstd(name, open(taken))) };
}

async function* gunzipped(name: string, packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  pipeline(Readable.from(packed), gunzip, () => undefined); // a failure reaches the loop
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
  } catch (cause) {
    throw cause instanceof FileError ? cause : FileError.cannot('read', name, cause);
  }
}
