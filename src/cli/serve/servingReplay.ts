import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AsyncSubject, filter, interval, merge, ReplaySubject, skip, take, tap, type BehaviorSubject, type Observable } from 'rxjs';
import { FileError, type Command, type Meter, type Pace, type Recording } from '../../index.js';
import type { LiveState } from '../../serve/Live.js';
import { say } from '../replay/announce.js';
import type { ReplaySettings } from '../replay/replaySettings.js';
import type { FromThread, ServingAsked, ToThread } from './servingMessages.js';
import { tell } from '../tell.js';

/** How often the thread gets the figures, in ms. */
const STATE_MILLIS = 500;
/** Commands that are kept when they come before the replay begins. */
const MAX_EARLY_COMMANDS = 16;

interface Served {
  readonly recording: Recording;
  readonly meter: Meter;
  readonly pace$: BehaviorSubject<Pace>;
}

/** A server beside a replay: the commands of its clients, and what to call when the replay has ended. */
export interface ServingReplay {
  readonly url: string;
  readonly commands$: Observable<Command>;
  /** Emits why its thread has ended, once it has without being asked to. */
  readonly lost$: Observable<string>;
  readonly ended: () => void;
  readonly close: () => Promise<void>;
}

/** Serves the log of a replay beside it, in a thread of its own, if that was asked for. @throws FileError if it cannot */
export async function servingReplay(
  settings: ReplaySettings,
  { recording: { span }, meter, pace$ }: Served,
): Promise<ServingReplay | undefined> {
  const { serve, output, to } = settings;
  if (!serve) return undefined;
  let running = true;
  let paceChanges = 0;
  const state = (): LiveState => ({
    running,
    pace: pace$.value,
    paceChanges,
    span,
    endToEnd: meter.latency.figures(),
    written: meter.written,
    lateness: meter.lateness.figures(),
    judged: meter.judged,
  });
  const asked: ServingAsked = { output: to.kind === 'store' ? to.url : output, settings: serve, state: state() };
  const thread = new Worker(new URL('./servingThread.js', import.meta.url), { workerData: asked });
  const post = (message: ToThread) => {
    thread.postMessage(message);
  };
  const commands = new ReplaySubject<Command>(MAX_EARLY_COMMANDS);
  const lost$ = new AsyncSubject<string>();
  const lose = (why: string) => {
    lost$.next(why);
    lost$.complete(); // an error comes before the exit that it leads to, which is not reported then
  };
  thread
    .once('error', (error) => {
      lose(String(error));
    })
    .once('exit', (code) => {
      lose(`its thread ended with ${code}`);
    });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      lost$.subscribe((why) => {
        reject(new Error(why));
      });
      thread.on('message', (message: FromThread) => {
        if ('url' in message) resolve(message.url);
        else if ('failure' in message) reject(message.isFileError ? new FileError(message.failure) : new Error(message.failure));
        else if ('line' in message) say(settings, message.line);
        else {
          commands.next(message.command);
          post({ state: state(), obeyed: message.number });
        }
      });
    });
    lost$.pipe(filter(() => running)).subscribe((why) => {
      say(settings, `the server has failed, and the replay goes on without it: ${why}`);
      commands.next({ type: 'resume' }); // a client may have paused it, and no client can resume it any more
    });
    pace$.pipe(skip(1), take(1)).subscribe(() => {
      tell(`serving ${output} at ${url}`);
    }); // when it can be steered
    const paceChange$ = pace$.pipe(skip(1), tap(() => paceChanges++));
    const posting = merge(interval(STATE_MILLIS), paceChange$).subscribe(() => {
      post({ state: state() });
    });
    return {
      url,
      commands$: commands,
      lost$,
      ended: () => {
        running = false;
        posting.unsubscribe();
        post({ state: state() });
      },
      close: async () => {
        running = false;
        posting.unsubscribe();
        if (thread.threadId < 0) return;
        const gone = once(thread, 'exit');
        post({ close: true });
        await gone;
      },
    };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}
