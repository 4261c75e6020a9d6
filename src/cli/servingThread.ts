// The thread in which the log of a replay is served: what `servingReplay` starts. However many ask, the replay is never kept waiting.
import { parentPort, workerData } from 'node:worker_threads';
import { Subject } from 'rxjs';
import { FileError, type Pace } from '../index.js';
import type { LiveState } from '../serve/Live.js';
import type { FromThread, ServingAsked, ToThread } from './servingMessages.js';
import { serving } from './serving.js';

const { output, settings, state: first } = workerData as ServingAsked;
const tell = (message: FromThread) => { parentPort!.postMessage(message); };
const pace$ = new Subject<Pace>();
let state: LiveState = first;

try {
  const { url, close } = await serving(output, settings, (line) => { tell({ line }); }, { state: () => state, pace$, steer: (command) => { tell({ command }); } });
  parentPort!.on('message', (message: ToThread) => {
    if ('state' in message) state = message.state;
    if ('pace' in message) pace$.next(message.pace);
    if ('close' in message) void close().finally(() => { parentPort!.close(); });
  });
  tell({ url });
} catch (error) {
  const { message } = error as Error;
  tell({ failure: message, isFileError: error instanceof FileError });
}
