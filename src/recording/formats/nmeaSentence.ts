/** An NMEA 0183 sentence: what it is called without its talker, and its fields behind that. */
export interface Sentence {
  readonly type: string;
  /** Who talks: `GP` is GPS, `GN` several systems together. */
  readonly talker: string;
  readonly fields: readonly string[];
}

/** A tag block before a sentence (NMEA 0183, 4.00), the sentence behind `$` or `!`, and its checksum, if it has one. */
const SENTENCE = /^(?:\\[^\\]*\\)?[$!]([^*]*)(?:\*([\dA-F]{2}))?$/i;
/** How many letters name the talker. */
const TALKER = 2;

/** Reads a line as a sentence, or says what is wrong with it; `undefined` for a sentence that is none of positions. */
export function nmeaSentence(line: string, types: readonly string[]): Sentence | string | undefined {
  const [, body, checksum] = SENTENCE.exec(line.trimEnd()) ?? [];
  if (body === undefined) return 'this is not an NMEA sentence';
  const [head = '', ...fields] = body.split(',');
  const [talker, type] = [head.slice(0, TALKER), head.slice(TALKER)];
  if (!types.includes(type)) return undefined;
  const found = sumOf(body);
  if (checksum !== undefined && found !== checksum.toUpperCase())
    return `the checksum is ${checksum}, and that of the sentence ${found}: it was damaged on its way`;
  return { type, talker, fields };
}

/** The exclusive or of all characters, as two hexadecimal digits. */
function sumOf(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  return sum.toString(16).toUpperCase().padStart(2, '0');
}
