import { Subject, type Subscription } from 'rxjs';
import type { Reader } from '../../../src/page/api/readServer.js';
import type { Server } from '../../../src/page/api/Server.js';
import { answers } from '../../../src/page/reader/answers.js';
import type { Asked } from '../../../src/page/reader/Messages.js';

/** The page's reader without a thread: what goes to and fro is cloned as it would be. */
export class FakeReader extends EventTarget implements Reader {
  isEnded = false;
  private readonly asked$ = new Subject<Asked>();
  private readonly answering: Subscription;

  constructor(server: Server) {
    super();
    this.answering = answers(this.asked$, server).subscribe(({ told, buffers }) => {
      this.dispatchEvent(new MessageEvent('message', { data: structuredClone(told, { transfer: buffers }) }));
    });
  }

  postMessage(asked: Asked): void {
    this.asked$.next(structuredClone(asked));
  }

  terminate(): void {
    this.isEnded = true;
    this.answering.unsubscribe();
  }

  /** Fails, as one does whose script cannot be loaded. */
  fail(): void {
    this.answering.unsubscribe();
    this.dispatchEvent(new Event('error'));
  }
}
