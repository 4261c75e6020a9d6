import { intoLog, openLog, type Recording } from '../../index.js';
import { openStdout } from './openStdout.js';
import type { Opened } from './Opened.js';
import { originOf } from './originOf.js';
import type { ReplaySettings } from './replaySettings.js';

/** What an output needs to know of its run. */
export interface Source {
  readonly recording: Recording;
  /** What is read, by paths or as open descriptors. */
  readonly files: readonly (string | number)[];
  /** By how many seconds all times are shifted, if they are. */
  readonly rebasedBy: number | undefined;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
}

/** Opens the output of a replay. @throws FileError if that cannot be done */
export async function openOutput(settings: ReplaySettings, source: Source): Promise<Opened> {
  const { to, sending } = settings;
  if (to.kind === 'log') return openedLog(to.path, settings, source);
  if (to.kind === 'stdout') return openStdout(sending!, source.recording, source.signal);
  if (to.kind === 'stream') {
    const { openedStream } = await import('./openedStream.js');
    return openedStream(to.url, settings, source);
  }
  if (to.kind !== 'store') {
    const { openSystem } = await import('./openSystem.js');
    return openSystem(to, settings, sending!, source.recording, source.signal);
  }
  const { openedStore } = await import('./openedStore.js'); // which takes its time to load
  return openedStore(to.url, settings, source);
}

async function openedLog(path: string, settings: ReplaySettings, { recording, files, rebasedBy }: Source): Promise<Opened> {
  const { coalesce, resume, index, playing } = settings;
  const log = await openLog(path, {
    input: files,
    extra: recording.extra,
    coalesce,
    origin: originOf(recording, settings, rebasedBy),
    resume,
    index,
    durable: playing.syncEvery < Infinity,
  });
  return {
    end: intoLog(log, playing),
    log,
    get bytes() {
      return log.bytes;
    },
    reject: (rows) => log.reject(rows),
    close: () => log.close(),
  };
}
