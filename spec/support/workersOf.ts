import { BehaviorSubject, filter, lastValueFrom, tap } from 'rxjs';
import type { Database } from '../../src/store/Database.js';
import { worker, type WorkerOptions } from '../../src/worker/worker.js';
import type { Worked } from '../../src/worker/Worked.js';
import type { ReadStream } from '../../src/worker/ReadStream.js';

/** A worker that runs within this process. */
export interface RunningWorker {
  readonly said: readonly string[];
  readonly commits: readonly Worked[];
  /** Resolves when it has ended. @throws what it ended with */
  readonly ended: Promise<unknown>;
  /** Has it commit what it has, and end. */
  stop(): Promise<unknown>;
}

let workers = 0;

/** Starts a worker of a stream into a store, which commits every 20 ms. */
export function startWorker(stream: ReadStream, database: Database, options: Partial<WorkerOptions> = {}): RunningWorker {
  const said: string[] = [];
  const commits: Worked[] = [];
  const stopped$ = new BehaviorSubject(false);
  const controller = new AbortController();
  const worked$ = worker({
    stream,
    database,
    shown: 'the store',
    worker: `worker ${++workers}`,
    flushEvery: 20,
    settles: 300,
    said: (line) => said.push(line),
    stop$: stopped$.pipe(filter(Boolean)),
    signal: controller.signal,
    ...options,
  });
  const ended = lastValueFrom(worked$.pipe(tap((worked) => commits.push(worked))), { defaultValue: undefined });
  ended.catch(() => undefined); // who waits for it is told
  const stop = () => {
    stopped$.next(true);
    return ended;
  };
  return { said, commits, ended, stop };
}
