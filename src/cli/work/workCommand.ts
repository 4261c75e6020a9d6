import { logPaths, Meter, monotonic } from '../../index.js';
import { placeOf } from '../../log/placeOf.js';
import { interruption } from '../interruption.js';
import { checkStatsFile } from '../replay/checkStatsFile.js';
import { reportTable } from '../replay/reportTable.js';
import { makeFolderOf, writeReport } from '../replay/writeReport.js';
import { showStatus } from '../status.js';
import { tell } from '../tell.js';
import { workInto } from './workInto.js';
import type { WorkSettings } from './workSettings.js';
import { workReport } from './workReport.js';

const INTERRUPTED = 130;

/** `lastfix replay` of a stream: a worker of a store, or the writer of a log. */
export async function workCommand(settings: WorkSettings): Promise<number> {
  const { to, stats, quiet } = settings;
  const signal = interruption();
  let status: (width: number) => string = () => '';
  const shown = quiet ? undefined : showStatus((width) => status(width));
  try {
    const outputs = to.kind === 'log' ? Object.values(logPaths(await placeOf(to.path, { trusting: false }))) : [];
    const statsPlace = stats === undefined ? undefined : await checkStatsFile(stats, { inputs: [], outputs });
    if (statsPlace !== undefined) await makeFolderOf(statsPlace);
    const began = monotonic.now();
    const meter = new Meter(() => monotonic.now());
    const said = (line: string) => { if (!quiet) tell(line); };
    const worked = await workInto(settings, { meter, signal, said, told: (line) => (status = line) });
    shown?.unsubscribe();
    const report = workReport(settings, { meter, worked, playing: monotonic.now() - began, interrupted: signal.aborted });
    if (!quiet) process.stderr.write(reportTable(report));
    if (statsPlace !== undefined) await writeReport(statsPlace, report);
    if (worked.failure) throw worked.failure;
    return signal.aborted ? INTERRUPTED : 0;
  } finally {
    shown?.unsubscribe();
  }
}
