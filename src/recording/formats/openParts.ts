import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { FileError } from '../../csv/FileError.js';
import { findConditions, type Condition } from '../../domain/findConditions.js';
import type { Input } from '../Input.js';
import { partsOf } from './partsOf.js';
import { NoLayout } from '../header/NoLayout.js';
import { openFixes, type OpenFixes } from '../scan/openFixes.js';
import type { ReadInputsOptions } from '../ReadInputsOptions.js';

/** A part of an input whose header has been read. */
export interface OpenPart extends OpenFixes {
  readonly name: string;
  /** How many parts its input has. */
  readonly of: number;
}

/** The parts of an input one after the other, each of which is to be read before the next is asked for. */
export async function* openParts(input: Input, options: ReadInputsOptions): AsyncGenerator<OpenPart, void, undefined> {
  const { layout, named, maxClockAhead, maxClockBehind, noticed, inOrder, signal, tmp = tmpdir(), said, taken, seen, where = [] } = options;
  const sheet = layout?.sheet ?? named?.forms[0]?.sheet;
  const encoding = layout?.encoding ?? named?.forms[0]?.encoding;
  const refusals: FileError[] = [];
  for await (const part of partsOf(input, { tmp, inOrder, signal, sheet, encoding, said, taken, seen })) {
    let open: OpenFixes;
    try {
      open = conditioned(
        await openFixes(part, { said: { given: layout, named }, maxClockAhead, maxClockBehind, noticed, signal, seen }),
        where,
        part.name,
      );
    } catch (cause) {
      if (part.of === 1 || !(cause instanceof FileError && cause.cause instanceof NoLayout)) throw cause;
      refusals.push(cause); // an archive may hold other tables, too
      if (refusals.length === part.of) throw refusals[0]!;
      continue;
    }
    try {
      yield { ...open, name: part.name, of: part.of };
    } finally {
      await open.close();
    }
  }
  for (const { message } of refusals) said?.(`passing over ${message}`);
}

/** A part, with what must be in its columns. @throws FileError if it does not have one of those */
function conditioned(open: OpenFixes, where: readonly Condition[], name: string): OpenFixes {
  const { understood } = open;
  const { columns } = understood;
  try {
    return { ...open, understood: { ...understood, columns: { ...columns, where: findConditions(columns.header, where) } } };
  } catch (cause) {
    throw new FileError(`${name}: ${(cause as Error).message}`, { cause: new NoLayout((cause as Error).message) });
  }
}

/** Whether an input can be read as often as one likes. */
export async function isFile({ name, chunks }: Input): Promise<boolean> {
  return !chunks && (await stat(name).catch(() => undefined))?.isFile() === true;
}
