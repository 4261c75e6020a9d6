import { FileError } from '../../csv/FileError.js';
import { LONGEST_RECORDED } from '../scan/longestRecorded.js';
import { foundColumns } from './foundColumns.js';
import { linesOf, type Line } from './linesOf.js';
import type { FormatRow, FormatRows, Source } from './Source.js';

/** An object of a line: what it says, by the names of columns; or why it is not one. */
type Parsed = ReadonlyMap<string, string> | string;

/** Reads a line for its keys alone, which takes a fifth of the time. */
const KEYS = (text: string): unknown => JSON.parse(text);
/** Where an object goes on in the next line. */
const GOES_ON = /[{[,]\s*$/;
/** A stream with this number of lines and no object among them is not JSON Lines. */
const MAX_BEFORE = 1000;
/** What is not a column by the first line of a stream, as one object. */
const OTHER_KEYS = 'other_keys';

export interface JsonRowsOptions {
  /** Take the columns from the first line: the text is read as it comes, and cannot be read twice. Default: false. */
  readonly asItComes?: boolean;
  /** As `TextDecoder` knows them. Default: UTF-8. */
  readonly encoding?: string | undefined;
}

/**
 * The objects of JSON Lines, one a line, as rows: their keys are the columns, in the order in which they are found, with
 * `a.b` for `b` in the object `a`, and `a.0` for the first of up to three values in the list `a`. A longer list is JSON in
 * one column. Numbers are kept as they are written; null is empty, as is a key that a line does not have.
 *
 * Reads it twice, since the keys of all lines are known only at the end; as it comes, once: then the keys of the first
 * line are the columns, and those that others have besides stand together in `other_keys`, as JSON. Holds two blocks.
 *
 * @throws FileError if no line is an object. A line that is not an object is a row with that fault.
 */
export async function* jsonRows({ name, look, read }: Source, { asItComes = false, encoding }: JsonRowsOptions = {}): FormatRows {
  const lining = { longest: LONGEST_RECORDED, encoding };
  const { jsonFields } = await import('./jsonFields.js'); // few recordings are JSON
  const columns = foundColumns(name);
  if (!asItComes) {
    for await (const lines of linesOf(name, look(), lining)) for (const { text } of lines) columns.add(keysOf(jsonFields(text, KEYS)));
    if (columns.names.length === 0) throw noObject(name, await firstOf(linesOf(name, look(), lining)), jsonFields);
    yield [headerOf(columns.names)];
  }
  let names = asItComes ? undefined : columns.names;
  let rows: FormatRow[] = [];
  let first: Line | undefined;
  for await (const lines of linesOf(name, read(), lining)) {
    first ??= lines[0];
    for (const line of lines) {
      const parsed = line.fault ?? jsonFields(line.text);
      if (!names && typeof parsed !== 'string') {
        names = [...parsed.keys()];
        yield [headerOf([...names, OTHER_KEYS])];
      }
      rows.push(rowOf(line, parsed, names ?? [], asItComes));
    }
    if (!names && rows.length < MAX_BEFORE) continue;
    if (!names) break;
    yield rows;
    rows = [];
  }
  if (!names) throw noObject(name, first, jsonFields);
}

function headerOf(fields: readonly string[]): FormatRow {
  return { fields, line: 0, raw: '' };
}

function keysOf(parsed: Parsed): Iterable<string> {
  return typeof parsed === 'string' ? [] : parsed.keys();
}

function rowOf({ text, line }: Line, parsed: Parsed, names: readonly string[], withOthers: boolean): FormatRow {
  if (typeof parsed === 'string') return { fields: [], line, raw: text, fault: parsed };
  const fields = names.map((name) => parsed.get(name) ?? '');
  if (!withOthers) return { fields, line, raw: text };
  const others = [...parsed].filter(([name]) => !names.includes(name));
  return { fields: [...fields, others.length === 0 ? '' : JSON.stringify(Object.fromEntries(others))], line, raw: text };
}

async function firstOf(lines: AsyncGenerator<readonly Line[], void, undefined>): Promise<Line | undefined> {
  for await (const [first] of lines) if (first) return first;
  return undefined;
}

function noObject(name: string, first: Line | undefined, parse: (text: string) => Parsed): FileError {
  const { text = '', line = 1 } = first ?? {};
  const fault = parse(text);
  return new FileError(
    GOES_ON.test(text) || typeof fault !== 'string'
      ? `${name}:${line}: this is JSON, but not one object a line: write it so, with jq -c . FILE`
      : `${name}:${line}: no line is a JSON object; of the first: ${fault}`,
  );
}
