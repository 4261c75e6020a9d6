import { FileError } from '../csv/FileError.js';
import type { Columns } from '../domain/columns.js';
import { DeviceIds } from '../domain/DeviceIds.js';
import type { Rejected } from '../domain/fix.js';
import { listed } from '../domain/listed.js';
import { shown } from '../domain/shown.js';
import { ExtraNames } from './header/ExtraNames.js';
import { FixRecords } from './FixRecords.js';
import type { Input } from './Input.js';
import { isFile, openParts, type OpenPart } from './formats/openParts.js';
import type { ReadInputsOptions } from './ReadInputsOptions.js';
import { SHORTEST_FIX } from './scan/RowTaker.js';

/**
 * Reads the fixes of several inputs, one after the other, as records: emits them whenever a block has been
 * read, and goes on when asked. What is there then may be taken out.
 *
 * Their extra columns are those of all inputs, by name, in the order in which they appear; so the headers of all are read
 * first, and files opened again. Holds the names of the extra columns, and the inputs open that cannot be read
 * twice: of those with several parts, the first says what the columns are.
 *
 * @throws FileError as `openFixes` does, if a column to be kept is in no input, and with `strict` for the first row
 * that is not a fix.
 */
export async function* readInputs(inputs: readonly Input[], options: ReadInputsOptions): AsyncGenerator<FixRecords, void, undefined> {
  const { room = 0, strict = false, rejected } = options;
  const held = new Map<Input, Opened>();
  const extra = new ExtraNames();
  try {
    for (const input of inputs) {
      const opened = await open(input, options, inputs.length > 1);
      for (let part = opened.first; part; part = (await opened.others?.next())?.value ?? undefined) {
        options.understood?.(part.understood, part.name);
        extra.add(part.understood.columns);
      }
      if (opened.isHeld) held.set(input, opened);
    }
    extra.check(options.layout?.keep, listed(inputs.map(({ name }) => name)));
    const records = new FixRecords(new DeviceIds(), extra.all, Math.ceil(room / SHORTEST_FIX), room);
    for (const input of inputs) {
      for await (const { understood, name, of, read } of held.get(input)?.parts ?? openParts(input, { ...options, said: undefined })) {
        const reject = ({ line, reason, record }: Rejected) => {
          if (strict) throw new FileError(`${name}:${line}: ${reason}`);
          rejected?.({ line, reason: inputs.length * of > 1 ? `${name}: ${reason}` : reason, record }, reason);
        };
        yield* read({ records, columns: inOrderOf(records.extra, understood.columns, name), rejected: reject });
      }
    }
  } finally {
    for (const { close } of held.values()) await close();
  }
}

/** An input that was opened for its headers. */
interface Opened {
  readonly first: OpenPart | undefined;
  /** Its other parts, unless it is held. */
  readonly others: AsyncGenerator<OpenPart, void, undefined> | undefined;
  /** Its parts, from the first on, to be read once. */
  readonly parts: AsyncGenerator<OpenPart, void, undefined>;
  /** Whether it stays open, since it cannot be read twice, or need not be. */
  readonly isHeld: boolean;
  readonly close: () => Promise<void>;
}

/** Opens an input; what it is made of is seen, and told of, when it is read. */
async function open(input: Input, options: ReadInputsOptions, isOneOfSeveral: boolean): Promise<Opened> {
  const isAgain = await isFile(input);
  const watched = isAgain && isOneOfSeveral ? undefined : watching(options);
  const parts = openParts(input, { ...options, noticed: undefined, taken: undefined, seen: undefined, ...watched?.options });
  const first = (await parts.next()).value ?? undefined;
  const isHeld = watched !== undefined && !(isAgain && first && first.of > 1);
  async function* all() {
    watched?.begin();
    if (first) yield first;
    yield* parts;
  }
  const close = async () => {
    await parts.return();
  };
  return { first, others: isHeld ? undefined : parts, parts: isHeld ? all() : parts, isHeld, close };
}

/** Options that tell of nothing before it has begun. */
function watching({ noticed, taken, seen }: ReadInputsOptions) {
  let early: (() => void)[] | undefined = [];
  const later =
    <T>(tell: ((what: T) => void) | undefined) =>
    (what: T) => {
      if (early) early.push(() => tell?.(what));
      else tell?.(what);
    };
  return {
    options: { noticed, taken: later(taken), seen: later(seen) },
    begin: () => {
      for (const tell of early ?? []) tell();
      early = undefined;
    },
  };
}

/** The same columns, the extra ones in the order of all: those that it does not have stand at -1. */
function inOrderOf(all: readonly string[], columns: Columns, input: string): Columns {
  const byName = new Map(columns.extra.map((column) => [column.name, column]));
  const extra = all.map((name) => byName.get(name) ?? { name, was: name, position: -1 });
  if (extra.filter(({ position }) => position >= 0).length === columns.extra.length) return { ...columns, extra };
  const lost = columns.extra.find(({ name }) => !all.includes(name))!;
  throw new FileError(
    `${input} has the column ${shown(lost.was)}, which was not there when the headers were read: save it as a file that nothing writes to`,
  );
}
