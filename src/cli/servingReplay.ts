import { skip, Subject, type BehaviorSubject, type Observable } from 'rxjs';
import type { Command, Log, Meter, Pace, Recording } from '../index.js';
import { say } from './announce.js';
import type { ReplaySettings } from './replaySettings.js';
import { serving, type Serving } from './serving.js';

interface Served {
  readonly log: Log;
  readonly recording: Recording;
  /** By how many seconds all times are shifted, if they are. */
  readonly rebasedBy: number | undefined;
  readonly meter: Meter;
  readonly pace$: BehaviorSubject<Pace>;
}

/** A server beside a replay: what comes from its clients, and what it is told when the replay has ended. */
export interface ServingReplay extends Serving {
  readonly commands$: Observable<Command>;
  readonly ended: () => void;
}

/** Serves the log of a replay beside it, if that was asked for. If it cannot be served, log and recording are closed. @throws FileError */
export async function servingReplay(settings: ReplaySettings, { log, recording, rebasedBy, meter, pace$ }: Served): Promise<ServingReplay | undefined> {
  const { serve, output } = settings;
  if (!serve) return undefined;
  const commands = new Subject<Command>();
  let running = true;
  const shift = (rebasedBy ?? 0) * 1e6;
  const span = recording.span && { first: recording.span.first + shift, last: recording.span.last + shift };
  try {
    const told = (line: string) => { say(settings, line); };
    const server = await serving(output, serve, told, { meter, span, pace: () => pace$.value, pace$: pace$.pipe(skip(1)), commands, running: () => running });
    process.stderr.write(`lastfix: serving ${output} at ${server.url}\n`);
    return { ...server, commands$: commands, ended: () => { running = false; } };
  } catch (error) {
    await log.close();
    await recording.close();
    throw error;
  }
}
