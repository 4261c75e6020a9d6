import { Readable } from 'node:stream';

export const JSON_TYPE = 'application/json; charset=utf-8';
/** Characters that are sent at once, unless a single item has more. */
const PIECE_CHARACTERS = 65_536;

/** A JSON text that may be long, sent as it is taken: of texts, and of items that are texts already, with commas between them. */
export function jsonBody(...parts: readonly (string | readonly string[])[]): Readable {
  return Readable.from(pieces(parts));
}

function* pieces(parts: readonly (string | readonly string[])[]): Generator<Buffer, void, undefined> {
  let piece = '';
  for (const part of parts) {
    const items = typeof part === 'string' ? [part] : part;
    for (const [i, item] of items.entries()) {
      piece += i > 0 ? `,${item}` : item;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield Buffer.from(piece);
      piece = '';
    }
  }
  if (piece !== '') yield Buffer.from(piece);
}
