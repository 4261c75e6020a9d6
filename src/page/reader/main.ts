import { fromEvent, map, share } from 'rxjs';
import { directServer } from '../api/directServer.js';
import { answers } from './answers.js';
import type { Asked } from './Messages.js';

// The page's reader, in a thread of its own: it unpacks, parses and checks what the server sends, and hands it on in columns.
const asked$ = fromEvent<MessageEvent<Asked>>(self, 'message').pipe(
  map(({ data }) => data),
  share(),
);
answers(asked$, directServer()).subscribe(({ told, buffers }) => { self.postMessage(told, { transfer: buffers }); });
