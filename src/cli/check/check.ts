import { setImmediate as breath } from 'node:timers/promises';
import { lastValueFrom, takeUntil, tap } from 'rxjs';
import { checkReport, type CheckReport, fromAsync, latestInBatches, LAYOUTS, type Recording, type Rejected, survey } from '../../index.js';
import { sizeOf } from '../../domain/FixBatch.js';
import { checkSettings, HELP, type CheckSettings } from './checkSettings.js';
import { checkTable } from './checkTable.js';
import { layoutsTable } from './layoutsTable.js';
import { conclusions } from '../recording/conclusions.js';
import { inputsOf } from '../recording/inputsOf.js';
import { aborted, endAtOnce, interruption } from '../interruption.js';
import { printHelp } from '../printHelp.js';
import { isOneClock } from '../recording/isOneClock.js';
import { renamedIn } from '../recording/renamedIn.js';
import { readingStatus, type Read } from '../recording/readingStatus.js';
import { readRecording } from '../recording/readRecording.js';
import { showStatus } from '../status.js';
import { tell } from '../tell.js';
import { version } from '../version.js';
import { zonesOf } from './zonesOf.js';
import { count, counted, whole } from '../text/words.js';

const INTERRUPTED = 130;

/** `lastfix check`. */
export async function checkCommand(args: string[]): Promise<number> {
  const settings = checkSettings(args);
  if (settings.help) {
    printHelp(HELP);
    return 0;
  }
  if (settings.layouts) {
    process.stdout.write(settings.format === 'json' ? `${JSON.stringify(LAYOUTS)}\n` : layoutsTable());
    return 0;
  }
  let read: Read = { rows: 0, share: undefined };
  const told = new Set<string>();
  let status = () => readingStatus(settings.inputShown, read);
  const shown = settings.quiet ? undefined : showStatus(() => status());
  try {
    const signal = interruption();
    const inputs = await inputsOf(settings.inputs, signal);
    const recording = await readRecording(inputs, signal, {
      ...settings.reading,
      read: (rows, share) => {
        read = { rows, share };
      },
      said: (sentence) => {
        if (!told.has(sentence)) tell(sentence); // once, though it may be read twice
        told.add(sentence);
      },
    });
    const report =
      recording && recording !== 'stuck'
        ? await checked(recording, { settings, signal, told: (line) => (status = line) })
        : undefined;
    shown?.unsubscribe();
    if (report) {
      process.stdout.write(
        settings.format === 'json'
          ? `${JSON.stringify(report)}\n`
          : checkTable(report, { input: settings.inputShown, several: inputs.length > 1 }),
      );
      return report.rejected > 0 ? 1 : 0;
    }
    tell('interrupted: there is no report');
    if (recording === 'stuck') endAtOnce();
    return INTERRUPTED;
  } finally {
    shown?.unsubscribe();
  }
}

interface Checking {
  readonly settings: CheckSettings;
  readonly signal: AbortSignal;
  readonly told: (status: () => string) => void;
}

/** What is in a recording; `undefined` if it was interrupted. */
async function checked(recording: Recording, { settings, signal, told }: Checking): Promise<CheckReport | undefined> {
  let judged = 0;
  const fixes = recording.rows - recording.rejected.count;
  if (recording.content)
    told(() => `judging: ${count(judged)} of ${counted(fixes, 'fix', 'fixes')}, ${whole(judged / fixes)} of ${settings.inputShown}`);
  const findings$ = fromAsync(recording.batches, () => breath()).pipe( // between batches, Ctrl-C and the status have their turn
    tap((batch) => (judged += sizeOf(batch))),
    latestInBatches(),
    survey(settings),
    takeUntil(aborted(signal)),
  );
  try {
    const findings = await lastValueFrom(findings$, { defaultValue: undefined });
    if (!findings || signal.aborted) return undefined;
    return checkReport(findings, {
      version: version(),
      input: settings.input,
      rows: recording.rows,
      rejected: recording.rejected.count,
      rejectedRows: await firstOf(recording, settings.rejected),
      faults: recording.rejected.faults,
      noticed: recording.noticed,
      zone: { event: zonesOf(recording.readings, 'event'), arrival: zonesOf(recording.readings, 'arrival') },
      outOfOrder: recording.misplaced,
      extra: recording.extra,
      renamed: renamedIn(recording.readings),
      readAs: conclusions(recording.readings, false),
      oneClock: isOneClock(recording.readings),
      replayWith: settings.replayWith,
      rate: settings.rate,
      maxGap: settings.maxGap,
      listed: settings.devices,
    });
  } finally {
    await recording.close();
  }
}

async function firstOf({ rejected }: Recording, max: number): Promise<readonly Rejected[]> {
  const first: Rejected[] = [];
  for await (const rows of rejected.take()) {
    first.push(...rows.slice(0, max - first.length));
    if (first.length >= max) break;
  }
  return first;
}
