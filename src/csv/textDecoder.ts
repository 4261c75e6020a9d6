/** The byte order marks of UTF-16, and what they say. */
const MARKS = [
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
] as const;

const NO_CHARACTER = '\ufffd';
/** Stands for what cannot be decoded: bytes that are not UTF-8, so that their row is rejected. */
export const UNDECODED = Buffer.from([0xff, 0xfd]);

/** What makes UTF-8 of the chunks of a text, one after the other; of none, of what is left at the end. */
export type Decode = (chunk?: Buffer) => Buffer;

/**
 * Finds out whether a text must be decoded: if an encoding other than UTF-8 is given, or if it starts with a byte order mark
 * of UTF-16. Bytes that are not text in that encoding become `UNDECODED`.
 *
 * @param encoding as `TextDecoder` knows them
 */
export function textDecoder(start: Buffer, encoding?: string): Decode | undefined {
  const marked = MARKS.find(([mark]) => mark.equals(start.subarray(0, mark.length)))?.[1];
  const decoder = new TextDecoder(encoding ?? marked);
  if (decoder.encoding === 'utf-8') return undefined;
  return (chunk) => encoded(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
}

function encoded(text: string): Buffer {
  if (!text.includes(NO_CHARACTER)) return Buffer.from(text);
  return Buffer.concat(text.split(NO_CHARACTER).flatMap((part, i) => (i > 0 ? [UNDECODED, Buffer.from(part)] : [Buffer.from(part)])));
}
