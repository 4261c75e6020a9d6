import { isUtf8 } from 'node:buffer';
import type { Block } from '../../csv/Block.js';
import { AUTO, readBlocks } from '../../csv/readBlocks.js';
import { byteFault } from '../scan/byteFault.js';

const LF = 10;

/** A line without its end, and its number from 1 on; with what is wrong with its bytes, if anything is. */
export interface Line {
  readonly text: string;
  readonly line: number;
  readonly fault?: string;
}

export interface LinesOfOptions {
  /** How many bytes a line may have. */
  readonly longest: number;
  /** As `TextDecoder` knows them. Default: UTF-8. */
  readonly encoding?: string | undefined;
}

/** The lines of a text, block by block, empty ones left out. Holds two blocks. @throws FileError as `readBlocks` does. */
export async function* linesOf(
  name: string,
  chunks: AsyncIterable<Buffer>,
  { longest, encoding = AUTO }: LinesOfOptions,
): AsyncGenerator<readonly Line[], void, undefined> {
  for await (const block of readBlocks(name, { chunks, longest, encoding, anyText: true }))
    yield isUtf8(block.bytes) ? linesIn(block.bytes.toString(), block.line) : [...anyLinesIn(block)];
}

function linesIn(text: string, first: number): Line[] {
  return text.split('\n').flatMap((text, i) => {
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    return whole.trim() === '' ? [] : [{ text: whole, line: first + i }];
  });
}

/** Those of a block in which some are not UTF-8. */
function* anyLinesIn({ bytes, line: first }: Block): Generator<Line, void, undefined> {
  for (let [line, from] = [first, 0]; from < bytes.length; line++) {
    const to = bytes.indexOf(LF, from) + 1 || bytes.length;
    const own = bytes.subarray(from, to);
    for (const found of linesIn(own.toString(), line)) yield isUtf8(own) ? found : { ...found, fault: byteFault(own) };
    from = to;
  }
}
