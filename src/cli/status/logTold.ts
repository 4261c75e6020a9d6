import { statSync } from 'node:fs';
import { CsvPast, logPaths, type LogPaths } from '../../index.js';
import { instantText } from '../../domain/instantText.js';
import { isBeingWritten } from '../../log/isBeingWritten.js';
import { placeOf } from '../../log/placeOf.js';
import { readRunFile } from '../../log/runFile.js';
import { counted } from '../text/words.js';
import { arrivalsText, fixesText, type FixCounts } from './factTexts.js';
import type { Told } from './Told.js';

/** How the log at a path is. Brings its index up to date, as a question does. @throws FileError if there is none */
export async function logTold(output: string): Promise<Told> {
  const paths = logPaths(await placeOf(output));
  const past = new CsvPast(output);
  try {
    const { start, end, rows: fixes, verdicts: { change, ...others } } = await past.extent();
    const counts: FixCounts = { fixes, changes: change, ...others, devices: (await past.devices()).size };
    const [writing, run] = [await isBeingWritten(paths.lock), await readRunFile(paths.run)];
    const isInterrupted = run?.finished === false && writing === false;
    const [state, bytes] = [writing ? 'is going on' : run?.finished ? 'finished' : isInterrupted ? 'interrupted' : 'not known', bytesOf(paths)];
    return {
      object: {
        log: output,
        writing: writing ?? null,
        finished: run?.finished ?? null,
        ...counts,
        first_arrival: instantText(start),
        last_arrival: instantText(end),
        bytes,
      },
      facts: [
        ['log', output],
        ['run', state],
        ['fixes', fixesText(counts)],
        ['arrivals', arrivalsText(start, end)],
        ['size', counted(bytes, 'byte')],
      ],
      table: [],
      problems: isInterrupted ? ['the run did not come to its end: lastfix replay with --resume goes on with it'] : [],
    };
  } finally {
    await past.close();
  }
}

/** How large the files of a log are that have its rows. */
function bytesOf(paths: LogPaths): number {
  return sumOf([paths.changes, paths.late, paths.rejected].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
