import { tmpdir } from 'node:os';
import { FileError } from '../csv/FileError.js';
import { findColumns, type ColumnNames, type Columns, type ExtraColumn } from '../domain/columns.js';
import type { ParseFixOptions, Rejected } from '../domain/fix.js';
import { findConditions, type Condition } from '../domain/findConditions.js';
import { shown } from '../domain/shown.js';
import { DeviceIds } from '../domain/DeviceIds.js';
import { FixRecords } from './FixRecords.js';
import type { Input } from './Input.js';
import { partsOf } from './formats/partsOf.js';
import { readFixes, SHORTEST_FIX } from './readFixes.js';
import { timesOf, type TimesSaid } from './timesOf.js';

export interface ReadInputsOptions extends Pick<ParseFixOptions, 'maxClockAhead' | 'maxClockBehind' | 'noticed'>, TimesSaid {
  /** What must be in columns for a row to be a fix. Default: anything. */
  readonly where?: readonly Condition[] | undefined;
  /** Under which names the columns are to be found. Default: `RECORDING_COLUMNS`. */
  readonly columns?: ColumnNames | undefined;
  /** Let the first rejected row be an error. Default: false. */
  readonly strict?: boolean;
  /** Told of each row that is no fix, and what is wrong with it, without the name of its input. Default: nobody is. */
  readonly rejected?: (row: Rejected, fault: string) => void;
  /** Told of each extra column of an input that has another name in the log. */
  readonly renamed?: (column: ExtraColumn, input: string) => void;
  /** Told, in a sentence, what is in an input and is not read. */
  readonly said?: (sentence: string) => void;
  /** The sheet of a workbook, by its name or its number from 1. Default: the first. */
  readonly sheet?: string | undefined;
  /** The folder for temporary files. Default: the system's. */
  readonly tmp?: string | undefined;
  /** Stream it as it is read, without waiting for its end: it is in arrival order, and is not sorted. Default: false. */
  readonly inOrder?: boolean | undefined;
  /** Told how many bytes have been taken from the inputs, as they stand there. */
  readonly taken?: (bytes: number) => void;
  /** Told of all bytes, unpacked. */
  readonly seen?: (chunk: Buffer) => void;
  /** Ends the reading with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** For how many bytes of input to set room aside at first. Default: none. */
  readonly room?: number;
}

/**
 * Reads the fixes of several inputs, one after the other, as records: emits them whenever a block has been
 * read, and goes on when asked. What is there then may be taken out.
 *
 * All must have the same extra columns, in any order.
 *
 * @throws FileError as `openCsv` does, if a column is missing, if one input has other extra
 * columns than the first, and with `strict` for the first row that is no fix.
 */
export async function* readInputs(inputs: readonly Input[], options: ReadInputsOptions): AsyncGenerator<FixRecords, void, undefined> {
  const { columns: names, room = 0, strict = false, rejected, renamed, tmp = tmpdir(), times, zone, where = [], ...reading } = options;
  const devices = new DeviceIds();
  let records: FixRecords | undefined;
  for (const input of inputs) {
    const refusals: FileError[] = [];
    for await (const part of partsOf(input, { ...reading, tmp })) {
      const { name } = part;
      let fault: unknown; // with its header
      const understand = (header: readonly string[]) => {
        try {
          return understood(header);
        } catch (cause) {
          fault = cause;
          throw cause;
        }
      };
      const understood = (header: readonly string[]) => {
        const columns = findColumns(header, names);
        for (const column of columns.extra) if (column.name !== column.was) renamed?.(column, name);
        records ??= new FixRecords(devices, columns.extra.map(({ name }) => name), Math.ceil(room / SHORTEST_FIX), room);
        const found = { ...inOrderOf(records.extra, columns, inputs[0]!.name), where: findConditions(header, where) };
        return { records, columns: found, times: timesOf({ times, zone }) };
      };
      const reject = ({ line, reason, record }: Rejected) => {
        if (strict) throw new FileError(`${name}:${line}: ${reason}`);
        rejected?.({ line, reason: inputs.length * part.of > 1 ? `${name}: ${reason}` : reason, record }, reason);
      };
      try {
        yield* readFixes(part, { ...reading, understand, rejected: reject });
      } catch (cause) {
        const isOther = part.of > 1 && fault !== undefined && cause instanceof FileError && cause.cause === fault;
        if (!isOther) throw cause;
        refusals.push(cause); // an archive may hold other tables, too
        if (refusals.length === part.of) throw refusals[0]!;
      }
    }
    for (const { message } of refusals) reading.said?.(`passing over ${message}`);
  }
}

/** The same columns, the extra ones in the order of those of the first input. @throws Error if they are others. */
function inOrderOf(extra: readonly string[], columns: Columns, first: string): Columns {
  const byName = new Map(columns.extra.map((column) => [column.name, column]));
  const ordered = extra.flatMap((name) => byName.get(name) ?? []);
  if (ordered.length === columns.extra.length && ordered.length === extra.length) return { ...columns, extra: ordered };
  const listed = (names: readonly string[]) => (names.length > 0 ? names.map((name) => shown(name)).join(', ') : 'none');
  throw new Error(
    `its extra columns are ${listed(columns.extra.map(({ name }) => name))}, and those of ${first} ${listed(extra)}: play them apart, each into an --output of its own`,
  );
}
