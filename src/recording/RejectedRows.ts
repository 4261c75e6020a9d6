import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import type { Rejected } from '../domain/fix.js';
import { temporaryFile } from './order/temporaryFile.js';

/** How many characters of rows are held in memory, and given at once. */
const MAX_CHARACTERS = 1024 * 1024;

/** So many reasons are told apart; rows with others count as one. */
const MAX_KINDS = 1000;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** Rows that are rejected for one reason, whatever their values are: how many there are, and the first of them. */
export interface Fault {
  readonly count: number;
  readonly line: number;
  readonly reason: string;
}

/** Rows that are not fixes, until they are asked for: the last MiB of their texts in memory, the others in a temporary file. */
export class RejectedRows {
  /** How many there were. */
  count = 0;
  first: Rejected | undefined;
  readonly #faults = new Map<string, Fault>();
  readonly #folder: string;
  #held: Rejected[] = [];
  #length = 0;
  #file: FileHandle | undefined;
  /** Where each batch stands in the file. */
  #batches: { readonly from: number; readonly bytes: number }[] = [];
  #size = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param fault what is wrong with it, without the name of its input */
  add(row: Rejected, fault: string): void {
    this.count++;
    this.first ??= row;
    const known = withoutValues(fault);
    const kind = this.#faults.has(known) || this.#faults.size < MAX_KINDS ? known : '';
    const { line, reason } = this.#faults.get(kind) ?? row;
    this.#faults.set(kind, { count: (this.#faults.get(kind)?.count ?? 0) + 1, line, reason });
    this.#held.push(row);
    this.#length += row.record.length + row.reason.length;
  }

  /** For which reasons they were rejected: those of most rows first, of equally many the one that came first. */
  get faults(): readonly Fault[] {
    return [...this.#faults.values()].sort((a, b) => b.count - a.count); // which keeps the order of equal ones
  }

  /** The reason that most were rejected for, if there are any. */
  get commonest(): Fault | undefined {
    return this.faults[0];
  }

  /** Puts those that are held into the file, if they are many. @throws FileError if there is no room. */
  async settle(): Promise<void> {
    if (this.#length < MAX_CHARACTERS) return;
    const bytes = Buffer.from(JSON.stringify(this.#held));
    const file = (this.#file ??= await temporaryFile(this.#folder, bytes.length));
    for (let at = 0; at < bytes.length; ) {
      at += (await FileError.attempt('write a temporary file in', this.#folder, file.write(bytes, at, bytes.length - at, this.#size + at)))
        .bytesWritten;
    }
    this.#batches.push({ from: this.#size, bytes: bytes.length });
    this.#size += bytes.length;
    this.#held = [];
    this.#length = 0;
  }

  /** Gives those that were added since it was asked last, in their order. */
  async *take(): AsyncGenerator<readonly Rejected[], void, undefined> {
    const [batches, held] = [this.#batches, this.#held];
    this.#batches = [];
    this.#held = [];
    this.#length = 0;
    for (const { from, bytes } of batches) {
      const { buffer } = await FileError.attempt(
        'read a temporary file in',
        this.#folder,
        this.#file!.read(Buffer.alloc(bytes), 0, bytes, from),
      );
      yield JSON.parse(buffer.toString()) as Rejected[];
    }
    if (held.length > 0) yield held;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

/** A reason without what it says in quotes: the same for all values that are wrong in one way. */
function withoutValues(reason: string): string {
  return reason.replaceAll(QUOTED, '');
}
