import type { Dialect } from '../../csv/Dialect.js';
import { FileError } from '../../csv/FileError.js';
import { isPlain } from '../../csv/plainRows.js';
import type { Block } from '../../csv/Block.js';
import { AUTO, readBlocks, type ReadBlocksOptions } from '../../csv/readBlocks.js';
import { MAX_CLOCK_AHEAD, type ParseFixOptions } from '../../domain/fix.js';
import type { Layout } from '../../domain/Layout.js';
import { Noticed } from '../../domain/Noticed.js';
import { findHeader } from '../header/findHeader.js';
import { findLayout, type HeaderRead, type Said, type Understood } from '../header/findLayout.js';
import type { FixRecords } from '../FixRecords.js';
import type { Part } from '../formats/Part.js';
import type { FormatRow } from '../formats/Source.js';
import { laidOver } from '../header/laidOver.js';
import { LAYOUTS } from '../layouts/LAYOUTS.js';
import { LONGEST_RECORDED } from './longestRecorded.js';
import { parsingOf } from './parsingOf.js';
import type { PlainReading } from './PlainScanner.js';
import { RowTaker, type Into } from './RowTaker.js';

/** How many rows of a workbook are looked at for a header. */
const LOOKED_AT = 100;

export interface OpenFixesOptions
  extends Pick<ReadBlocksOptions, 'seen' | 'signal'>,
    Pick<ParseFixOptions, 'maxClockAhead' | 'maxClockBehind' | 'noticed'> {
  /** What is said about the file. */
  readonly said?: Omit<Said, 'file'> | undefined;
}

/** A file of fixes whose header has been read. */
export interface OpenFixes {
  readonly understood: Understood;
  /** Reads its fixes, once: gives the records whenever a block has been read. What is there then may be taken out. */
  readonly read: (into: Into) => AsyncGenerator<FixRecords, void, undefined>;
  readonly close: () => Promise<void>;
}

type Understand = (headers: readonly HeaderRead[]) => Understood | Error;

/**
 * Opens an input, or a part of one, and reads its header; then its fixes as records, in their order there, block by block,
 * as they are asked for.
 *
 * What a file means is what csv-parse and `parseFix` say; up to the first quote in it, `PlainScanner` says the
 * same of most lines, ten times as fast. A row that is not UTF-8 is not a fix.
 *
 * @throws FileError as `findHeader` and `readBlocks` do
 */
export function openFixes(part: Part, { said = {}, ...options }: OpenFixesOptions): Promise<OpenFixes> {
  const { name: file, kind } = part;
  const ofFormat = said.named ? undefined : LAYOUTS.find(({ format }) => format === kind);
  const all = { ...said, named: said.named ?? ofFormat, file };
  const given = laidOver(all.named?.forms[0] ?? {}, all.given ?? {});
  const understand: Understand = (headers) => {
    const understood = findLayout(headers, all);
    return ofFormat && !(understood instanceof Error) ? { ...understood, isOfFormat: true } : understood;
  };
  return part.rows ? openRows(part.rows, { file, kind, given, understand, options }) : openText(part, { given, understand, options });
}

interface Opening {
  readonly given: Layout;
  readonly understand: Understand;
  readonly options: Omit<OpenFixesOptions, 'said'>;
}

async function openText({ name, csv }: Part, { given, understand, options }: Opening): Promise<OpenFixes> {
  const { seen, signal } = options;
  const limits = { ...csv, seen, signal, longest: LONGEST_RECORDED };
  const found = { isMarked: false };
  const marked = () => { found.isMarked = true; };
  const blocks = readBlocks(name, { ...limits, encoding: given.encoding ?? AUTO, marked, anyText: true });
  const close = async () => {
    await blocks.return();
  };
  try {
    const { understood, rest } = await findHeader(name, blocks, given, understand);
    const dialect = dialectOf(understood.layout);
    const read = async function* (into: Into) {
      const taker = new RowTaker(into, dialect, readingOf(understood, options));
      try {
        for (let block: Block | undefined = rest; block; block = (await blocks.next()).value ?? undefined) {
          if (isPlain(block)) {
            taker.block(block);
            yield into.records;
            continue;
          }
          const { quotedRows } = await import('../../csv/quotedRows.js'); // csv-parse takes 10 ms to load
          for await (const rows of quotedRows(name, block, blocks, { ...limits, dialect })) {
            for (const row of rows) taker.row(row);
            yield into.records;
          }
          break;
        }
      } finally {
        await close();
      }
    };
    return { understood: found.isMarked ? { ...understood, ...found } : understood, read, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens what is no CSV: its header comes first, but that of a workbook may have rows above it. */
async function openRows(
  batches: NonNullable<Part['rows']>,
  { file, kind, given, understand, options }: Opening & { readonly file: string; readonly kind: Part['kind'] },
): Promise<OpenFixes> {
  const close = async () => {
    await batches.return();
  };
  try {
    const { skip = 0, header } = given;
    const first = ((await batches.next()).value ?? []).filter(({ line }) => line === 0 || line > skip);
    const looked = header ? [{ fields: header }] : first.slice(0, kind === 'sheet' ? LOOKED_AT : 1);
    if (first.length === 0) throw new FileError(`${file} has no header line: the first must name the columns`);
    const found = looked.map(({ fields }) => understand([{ fields }]));
    const at = found.findIndex((one) => !(one instanceof Error));
    const understood = found[at < 0 ? widest(looked) : at]!;
    const headerLine = at > 0 ? first[at]!.line : undefined;
    if (understood instanceof Error) throw new FileError(`${file}: ${understood.message}`, { cause: understood });
    const read = async function* (into: Into) {
      const taker = new RowTaker(into, dialectOf(understood.layout), readingOf(understood, options));
      const take = (rows: readonly FormatRow[]) => {
        for (const row of rows) taker.row(row);
        return into.records;
      };
      try {
        yield take(first.slice(header ? 0 : at + 1));
        for await (const rows of batches) yield take(rows);
      } finally {
        await close();
      }
    };
    return { understood: headerLine === undefined ? understood : { ...understood, headerLine }, read, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Which of some rows has the most fields that are not empty: of it is said what is wrong. */
function widest(rows: readonly HeaderRead[]): number {
  const widths = rows.map(({ fields }) => fields.filter((field) => field !== '').length);
  return widths.indexOf(Math.max(...widths));
}

function readingOf({ layout }: Understood, { maxClockAhead, maxClockBehind, noticed }: Opening['options']): PlainReading {
  return {
    ...parsingOf(layout),
    maxClockAhead: maxClockAhead ?? MAX_CLOCK_AHEAD,
    maxClockBehind: maxClockBehind ?? Infinity,
    noticed: noticed ?? new Noticed(),
  };
}

function dialectOf({ delimiter = ',', backslash = false }: Layout): Dialect {
  return { delimiter, trim: true, backslash };
}
