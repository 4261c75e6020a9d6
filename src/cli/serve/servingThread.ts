// The thread in which the log of a replay is served: what `servingReplay` starts. However many ask, the replay is never kept waiting.
import { parentPort, workerData } from 'node:worker_threads';
import { BehaviorSubject, filter, firstValueFrom, Subject } from 'rxjs';
import { type Command, FileError } from '../../index.js';
import type { LiveState } from '../../serve/Live.js';
import type { FromThread, ServingAsked, ToThread } from './servingMessages.js';
import { serving } from './serving.js';

const { output, settings, state } = workerData as ServingAsked;
const post = (message: FromThread) => { parentPort!.postMessage(message); };
const state$ = new BehaviorSubject<LiveState>(state);
/** The numbers of the commands that the replay has obeyed. */
const obeyed$ = new Subject<number>();
let commands = 0;

const steer = (command: Command) => {
  const number = commands++;
  const obeyed = firstValueFrom(obeyed$.pipe(filter((one) => one === number)));
  post({ command, number });
  return obeyed;
};

try {
  const { url, close } = await serving(output, settings, (line) => { post({ line }); }, { state$, steer });
  parentPort!.on('message', (message: ToThread) => {
    if ('close' in message) {
      void close().finally(() => { parentPort!.close(); });
      return;
    }
    state$.next(message.state);
    if (message.obeyed !== undefined) obeyed$.next(message.obeyed);
  });
  post({ url });
} catch (error) {
  const { message } = error as Error;
  post({ failure: message, isFileError: error instanceof FileError });
}
