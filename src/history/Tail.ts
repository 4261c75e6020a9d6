import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { openRegular } from '../csv/openRegular.js';
import { readBlocks } from '../csv/readBlocks.js';
import { readHeader } from '../csv/readHeader.js';
import { readRows } from '../csv/readRows.js';
import { findLogColumns } from '../domain/columns.js';
import { isRejected, parseFix } from '../domain/fix.js';
import { openTogether } from '../log/openTogether.js';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import { bytesBefore } from '../lookup/bytesBefore.js';
import type { LogPlace } from '../lookup/IndexedCsv.js';
import type { Tracked } from './track.js';

/** A place in a log, and of which run that is, by `whichRun` without its late file. */
export interface TailPlace extends LogPlace {
  readonly run: string;
}

/** The end of a log that grows, or that another takes the place of. */
export class Tail {
  readonly #path: string;
  readonly #replaced: () => void;
  #place: TailPlace;

  /** @param replaced told when another log has taken its place, whose rows are given from the first on then */
  constructor(path: string, place: TailPlace, replaced: () => void) {
    this.#path = path;
    this.#place = place;
    this.#replaced = replaced;
  }

  /** The whole rows that were appended since it was asked last. @throws FileError as `openCsv` does, or for a row that is no fix. */
  async *news(): AsyncGenerator<readonly Tracked[], void, undefined> {
    const paths = logPaths(await placeOf(this.#path));
    const { opened: file, run } = await openTogether(paths, false, () => openRegular('read', paths.changes, constants.O_RDONLY));
    try {
      const { to, before } = this.#place;
      if (run !== this.#place.run || !bytesBefore(file.fd, to).equals(before)) {
        this.#place = { run, to: 0, before: Buffer.alloc(0) };
        this.#replaced();
      }
      if ((await file.stat()).size > this.#place.to) yield* this.#read(file);
    } finally {
      await file.close();
    }
  }

  async *#read(file: FileHandle): AsyncGenerator<readonly Tracked[], void, undefined> {
    const options = { file, wholeLinesOnly: true };
    if (this.#place.to === 0 && !(await hasWholeLine(this.#path, file))) return; // its header is just being written
    const columns = await readHeader(this.#path, findLogColumns, options);
    const { to } = this.#place;
    const extra = columns.extra.map(({ name }) => name);
    for await (const rows of to > 0
      ? readRows(this.#path, { ...options, start: to })
      : (await openCsv(this.#path, findLogColumns, options)).batches) {
      const end = rows.at(-1)!.start + rows.at(-1)!.bytes;
      yield rows.map((row) => {
        const fix = parseFix(row, columns, { maxClockAhead: Infinity });
        if (isRejected(fix))
          throw new FileError(
            `${this.#path}: after byte ${to}: ${fix.reason}: lastfix did not write this; make the log anew with lastfix replay`,
          );
        return { fix, extra };
      });
      this.#place = { ...this.#place, to: end, before: bytesBefore(file.fd, end) };
    }
  }
}

async function hasWholeLine(path: string, file: FileHandle): Promise<boolean> {
  const blocks = readBlocks(path, { file, wholeLinesOnly: true });
  const { done } = await blocks.next();
  await blocks.return();
  return !done;
}
