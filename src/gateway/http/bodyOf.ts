import type { IncomingMessage } from 'node:http';
import { HttpError } from '../../serve/HttpError.js';
import { Later } from './Answer.js';

/** What all bodies together may have while they come, in bytes. */
export interface BodyRoom {
  left: number;
}

/**
 * The body of a request. Holds no more of it than it may have, nor of all that come at the same time.
 *
 * @throws HttpError if it is longer, or ends too early, Later if there is no room for it
 */
export function bodyOf(request: IncomingMessage, most: number, room: BodyRoom): Promise<Buffer> {
  const tooLong = () => new HttpError(413, 'too-large', `the body has more than ${most} bytes: send it in parts`);
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.reject(tooLong());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let [length, isOver] = [0, false];
    const end = (settle: () => void) => {
      if (isOver) return;
      isOver = true;
      room.left += length;
      settle();
    };
    const refuse = (error: HttpError) => {
      request.removeAllListeners('data').resume();
      end(() => { reject(error); });
    };
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      room.left -= chunk.length;
      if (length > most) refuse(tooLong());
      else if (room.left < 0) refuse(new Later(503, 'full', 'too much is being sent at the same time: send it again later'));
      else chunks.push(chunk);
    });
    request.once('end', () => { end(() => { resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)); }); });
    const cutOff = () => { end(() => { reject(new HttpError(400, 'bad-request', 'the request was cut off')); }); };
    request.once('error', cutOff).once('close', cutOff);
  });
}
