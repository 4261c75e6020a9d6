/** The byte order marks of UTF-16, and what they say. */
const MARKS = [
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
] as const;

/** What makes UTF-8 of the chunks of a text, one after the other; of none, of what is left at the end. */
export type Decode = (chunk?: Buffer) => Buffer;

/**
 * Finds out whether a text must be decoded: if an encoding other than UTF-8 is given, or if it starts with a byte order mark
 * of UTF-16. Bytes that are no text become U+FFFD.
 *
 * @param encoding as `TextDecoder` knows them
 */
export function textDecoder(start: Buffer, encoding?: string): Decode | undefined {
  const marked = MARKS.find(([mark]) => mark.equals(start.subarray(0, mark.length)))?.[1];
  const decoder = new TextDecoder(encoding ?? marked);
  if (decoder.encoding === 'utf-8') return undefined;
  return (chunk) => Buffer.from(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
}
