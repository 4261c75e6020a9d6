/** What an XML declaration may begin with, as far as encodings matter; a byte each. */
const DECLARED = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;
const MARKS: readonly (readonly [string, string])[] = [
  ['\xef\xbb\xbf', 'utf-8'],
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
  ['<\0', 'utf-16le'],
  ['\0<', 'utf-16be'],
];
/** How many bytes the declaration is looked for in. */
const START = 256;

/**
 * The text of an XML document, chunk by chunk, by its byte order mark or the encoding that it declares (UTF-8 if none).
 * What is no text in that encoding becomes U+FFFD. @throws Error for an encoding that is not known
 */
export async function* decodedXml(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let start: Buffer | undefined = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (start) {
      start = bytes = Buffer.concat([start, chunk]);
      if (start.length < START) continue;
      start = undefined;
    }
    decoder ??= decoderOf(bytes);
    yield decoder.decode(bytes, { stream: true });
  }
  if (start) yield decoderOf(start).decode(start);
  else yield decoder!.decode();
}

function decoderOf(bytes: Buffer) {
  const start = bytes.toString('latin1', 0, START);
  const name = MARKS.find(([mark]) => start.startsWith(mark))?.[1] ?? DECLARED.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(name);
  } catch (cause) {
    throw new Error(`its XML declaration names the encoding "${name}", which is not known: convert it to UTF-8`, { cause });
  }
}
