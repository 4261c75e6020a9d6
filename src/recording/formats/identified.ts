import type { Bytes } from './Bytes.js';
import { kindOf, type Foreign, type Kind } from './kindOf.js';
import { peeked } from './peeked.js';
import { unpacked } from './unpacked.js';

/** Bytes, unpacked if gzip or zstd has packed them, and what they are. */
export interface Identified {
  readonly bytes: Bytes;
  readonly kind: Exclude<Kind, 'gzip' | 'zstd'> | Foreign;
}

/** Finds out what bytes are, by the first of them; an archive that is packed once more, or what is packed twice, is not read. */
export async function identified(given: Bytes): Promise<Identified> {
  const { bytes, found } = await peeked(given, kindOf);
  if (found !== 'gzip' && found !== 'zstd') return { bytes, kind: found };
  const inner = await peeked(unpacked(bytes, found), (start, isAll) => {
    const kind = kindOf(start, isAll);
    if (kind === 'zip') return { foreign: 'a zip archive that is packed once more: unpack it once first' };
    return kind === 'gzip' || kind === 'zstd' ? { foreign: 'packed twice: unpack it once first' } : kind;
  });
  return { bytes: inner.bytes, kind: inner.found };
}
