import { statSync } from 'node:fs';
import { CsvPast } from '../history/CsvPast.js';
import { isBeingWritten } from '../log/isBeingWritten.js';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import { speedUnitOf } from '../log/speedUnitOf.js';
import type { Turns } from '../rx/Turns.js';
import { lateRows } from '../tail/lateRows.js';
import { Counts } from './Counts.js';
import type { Served } from './Served.js';

/** A log to be served. Its late file is counted once, row by row. @throws FileError if there is no log */
export async function servedLog(output: string, turns: Turns, onError: (error: unknown) => void): Promise<Served> {
  const path = await placeOf(output);
  const paths = logPaths(path);
  const past = new CsvPast(path, { turns, followLinks: false });
  const { cursor, changes } = await past.extent();
  const counts = new Counts();
  counts.verdicts.change = changes;
  void counts.read(lateRows(paths, cursor, turns)).catch(onError);
  return {
    kind: 'log',
    output,
    past,
    cursor,
    add: (appended) => { counts.add(appended); },
    reach: async (signal) => {
      const extent = await past.extent(signal);
      return { extent, verdicts: { ...counts.verdicts, change: extent.changes } };
    },
    finalUntil: () => Promise.resolve(undefined), // which no run of a log promises
    isBeingWritten: () => isBeingWritten(paths.lock),
    speedUnit: () => speedUnitOf(path),
    bytes: () => Promise.resolve(bytesOf(paths.changes) + bytesOf(paths.late)),
  };
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
