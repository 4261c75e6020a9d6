import { statSync } from 'node:fs';
import { CsvPast } from '../history/CsvPast.js';
import { isBeingWritten } from '../log/isBeingWritten.js';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import { speedUnitOf } from '../log/speedUnitOf.js';
import type { Turns } from '../rx/Turns.js';
import { LatePlaces } from './late/LatePlaces.js';
import type { Served } from './Served.js';

/** A log to be served. @throws FileError if there is no log */
export async function servedLog(output: string, turns: Turns): Promise<Served> {
  const path = await placeOf(output);
  const paths = logPaths(path);
  const past = new CsvPast(path, { turns, followLinks: false });
  const { cursor } = await past.extent();
  const late = new LatePlaces(paths, cursor, turns);
  return {
    kind: 'log',
    output,
    past,
    cursor,
    add: (appended) => { late.add(appended); },
    finalUntil: () => Promise.resolve(undefined), // which no run of a log promises
    late: (span, grid, signal) => late.counts(span, grid, signal),
    isBeingWritten: () => isBeingWritten(paths.lock),
    speedUnit: () => speedUnitOf(path),
    figures: async (signal) => ({ verdicts: (await past.extent(signal)).verdicts, bytes: bytesOf(paths.changes) + bytesOf(paths.late) }),
  };
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
