import { isUtf8 } from 'node:buffer';
import { FileError } from '../../csv/FileError.js';
import type { Block } from '../../csv/Block.js';
import { splitRow } from '../../csv/splitRow.js';
import { counted } from '../../domain/counted.js';
import type { Layout } from '../../domain/Layout.js';
import { byteFault } from '../scan/byteFault.js';
import type { HeaderRead, Understood } from './findLayout.js';
import { FirstLines } from './FirstLines.js';
import { NoLayout } from './NoLayout.js';

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** So many lines a header may have, if there are line breaks within quotes in it. */
const MAX_LINES = 100;
/** So many lines below what is no header are looked at for one. */
const LOOKED_AT = 50;

/** What stands above a header: nothing but separators, or the one that Excel is told. */
const PASSED_OVER = /^(?:[,;|\t]*|"?sep=.?"?)$/i;

/** The header of a file, understood, and what follows it. */
export interface HeaderFound {
  readonly understood: Understood;
  readonly rest: Block;
}

type Understand = (headers: readonly HeaderRead[]) => Understood | Error;

/**
 * Finds the header of a file: its first line that is neither empty, nor `sep=;`, nor a comment. A line that begins with `#` is
 * a comment, unless it has the columns that are looked for. Holds the blocks up to it, of which there is usually one.
 *
 * @param given which separator, how many lines to pass over, or the header itself, if it is not in the file
 * @throws FileError if there is none, or none that is understood
 */
export async function findHeader(
  path: string,
  blocks: AsyncGenerator<Block, void>,
  given: Layout,
  understand: Understand,
): Promise<HeaderFound> {
  const lines = new FirstLines(blocks);
  for (let skipped = 0; skipped < (given.skip ?? 0); skipped++) {
    if ((await lines.next()) === undefined)
      throw new FileError(`${path} has only ${counted(lines.line - 1, 'line')}: --skip ${given.skip} leaves nothing`);
  }
  const refuse = (what: Error) => new FileError(`${path}: ${what.message}`, { cause: what });
  let comment: { readonly error: Error; readonly width: number } | undefined;
  for (;;) {
    const start = lines.mark();
    const line = await lines.next();
    const text = line?.toString().trim();
    if (text !== undefined && PASSED_OVER.test(text)) continue;
    if (given.header) {
      const found = understand([{ delimiter: given.delimiter ?? ',', fields: given.header }]);
      if (found instanceof Error) throw new FileError(`${path}, with the header that was given: ${found.message}`, { cause: found });
      return { understood: found, rest: lines.restFrom(start) };
    }
    if (line === undefined || text === undefined) break;
    if (!isUtf8(line)) throw new FileError(`${path}:${start.line}: ${line.includes(0) ? NO_TEXT : byteFault(line)}`);
    let headers = headersIn(line, given);
    let found = understand(headers.closed);
    for (let more = 1; found instanceof Error && headers.isOpen && more < MAX_LINES; more++) {
      if ((await lines.next()) === undefined) break;
      headers = headersIn(lines.since(start), given);
      found = understand(headers.closed);
    }
    if (!(found instanceof Error)) return { understood: found, rest: lines.restFrom(lines.mark()) };
    const width = Math.max(...headers.closed.map(({ fields }) => fields.length));
    if (!text.startsWith('#')) {
      if (headers.isOpen && lines.isEnded) throw new FileError(`${path}:${start.line}: ${OPEN}`);
      const meant = comment?.width === width && width > 1 ? comment.error : found;
      throw refuse(await withLater(lines, given, understand, meant));
    }
    lines.backTo(start);
    await lines.next();
    comment = { error: found, width };
  }
  if (comment && comment.width > 1) throw refuse(comment.error);
  throw new FileError(`${path} has no header line: the first must name the columns, or --header`);
}

const NO_TEXT = 'this is not text: lastfix reads CSV';
const OPEN = 'a quote is opened in this row and never closed: close it, or write it twice within quotes if it stands for itself';

/** What a line may be as a header, and whether a quote is left open in it. */
interface Headers {
  readonly closed: readonly HeaderRead[];
  readonly isOpen: boolean;
}

/** The fields of a line, as it is separated in each way; whether a quote is left open in one. */
function headersIn(line: Buffer, { delimiter, backslash = false }: Layout): Headers {
  const raw = line.toString().replace(/\r?\n$/, '');
  const split = (delimiter === undefined ? DELIMITERS : [delimiter]).map((delimiter: string) => ({
    delimiter,
    fields: splitRow(raw, { delimiter, trim: true, backslash }),
  }));
  const closed = split.flatMap(({ delimiter, fields }) => (fields ? [{ delimiter, fields }] : []));
  const isOpen = closed.length < split.length;
  return { closed: closed.length > 0 ? closed : [{ delimiter: delimiter ?? ',', fields: [raw] }], isOpen };
}

/** What is wrong with a line, and which line below it is the header, if one is. */
async function withLater(lines: FirstLines, given: Layout, understand: Understand, wrong: Error): Promise<Error> {
  const tried = lines.line - 1;
  for (let looked = 0; looked < LOOKED_AT && lines.hasLine; looked++) {
    const above = lines.line - 1;
    const line = await lines.next();
    if (line && isUtf8(line) && !(understand(headersIn(line, given).closed) instanceof Error))
      return new NoLayout(
        `line ${tried} is not the header, but line ${above + 1} is: pass over what is above it, with --skip ${above}`,
        { cause: wrong },
      );
  }
  return wrong;
}
