import { PassThrough, type Readable } from 'node:stream';
import { bufferCount, firstValueFrom, fromEvent, map, race, type Observable } from 'rxjs';

/** Texts that are written at once. */
const TEXTS = 256;

/**
 * A stream of the texts of an Observable, for a reader of any speed. Errors destroy it. When its reader goes, the
 * Observable is unsubscribed from. Holds what comes between two calls of `ready`.
 *
 * @param textsOf makes the texts, and no more of them until `ready()` has resolved
 */
export function readableOf(textsOf: (ready: () => Promise<unknown> | undefined) => Observable<string>): Readable {
  const stream = new PassThrough();
  const ready = () => (stream.writableNeedDrain ? firstValueFrom(race(fromEvent(stream, 'drain'), fromEvent(stream, 'close'))) : undefined);
  const making = textsOf(ready)
    .pipe(bufferCount(TEXTS), map((texts) => texts.join('')))
    .subscribe({
      next: (text) => stream.write(text),
      error: (error: unknown) => stream.destroy(error as Error),
      complete: () => stream.end(),
    });
  return stream.once('close', () => { making.unsubscribe(); });
}
