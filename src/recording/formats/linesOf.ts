import { readBlocks } from '../../csv/readBlocks.js';

/** A line without its end, and its number from 1 on. */
export interface Line {
  readonly text: string;
  readonly line: number;
}

/** The lines of a UTF-8 text, block by block, empty ones left out. Holds two blocks. @throws FileError as `readBlocks` does. */
export async function* linesOf(name: string, chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<readonly Line[], void, undefined> {
  for await (const { bytes, line } of readBlocks(name, { chunks, longest })) {
    const lines = bytes.toString().split('\n');
    yield lines.flatMap((text, i) => {
      const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
      return whole.trim() === '' ? [] : [{ text: whole, line: line + i }];
    });
  }
}
