// The thread in which the log of a replay is served: what `servingReplay` starts. However many ask, the replay is never kept waiting.
import { parentPort, workerData } from 'node:worker_threads';
import { Subject } from 'rxjs';
import { type Command, FileError, type Pace } from '../../index.js';
import type { LiveState } from '../../serve/Live.js';
import type { FromThread, ServingAsked, ToThread } from './servingMessages.js';
import { serving } from './serving.js';

const { output, settings, state: first } = workerData as ServingAsked;
const tell = (message: FromThread) => { parentPort!.postMessage(message); };
const pace$ = new Subject<Pace>();
/** Who waits for a command to be obeyed, by its number. */
const waiting = new Map<number, (pace: Pace) => void>();
let state: LiveState = first;
let numbered = 0;

const steer = (command: Command) =>
  new Promise<Pace>((resolve) => {
    waiting.set(numbered, resolve);
    tell({ command, number: numbered++ });
  });

try {
  const { url, close } = await serving(output, settings, (line) => { tell({ line }); }, { state: () => state, pace$, steer });
  parentPort!.on('message', (message: ToThread) => {
    if ('close' in message) {
      void close().finally(() => { parentPort!.close(); });
      return;
    }
    state = message.state;
    if (message.pace) pace$.next(message.pace);
    if (message.obeyed === undefined) return;
    waiting.get(message.obeyed)?.(state.pace);
    waiting.delete(message.obeyed);
  });
  tell({ url });
} catch (error) {
  const { message } = error as Error;
  tell({ failure: message, isFileError: error instanceof FileError });
}
