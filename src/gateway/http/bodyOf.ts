import type { IncomingMessage } from 'node:http';
import { HttpError } from '../../serve/HttpError.js';

/** The body of a request. Holds no more of it than it may have. @throws HttpError if it is longer, or ends too early */
export function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLong = () => new HttpError(413, 'too-large', `the body has more than ${most} bytes: send it in parts`);
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.reject(tooLong());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) {
        request.removeAllListeners('data').resume();
        reject(tooLong());
      } else chunks.push(chunk);
    });
    let isWhole = false;
    request.once('end', () => {
      isWhole = true;
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    const cutOff = () => {
      if (!isWhole) reject(new HttpError(400, 'bad-request', 'the request was not sent to its end'));
    };
    request.once('error', cutOff).once('close', cutOff);
  });
}
