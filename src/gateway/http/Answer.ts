import { HttpError } from '../../serve/HttpError.js';

/** What is answered to a request. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** When to come again, where nothing better is known, in seconds. */
const LATER = 5;

/** A request that is to be made again later. */
export class Later extends HttpError {
  constructor(
    status: 429 | 503,
    error: string,
    message: string,
    readonly seconds = LATER,
  ) {
    super(status, error, message);
  }
}

/**
 * One sends too much. OwnTracks forgets a message that is answered with 4xx (its app for iOS, OwnTracksCommon/Connection.m),
 * and keeps it otherwise.
 */
export function tooMuch(message: string, seconds: number, isOwnTracks: boolean): Later {
  return new Later(isOwnTracks ? 503 : 429, 'too-many', message, seconds);
}

/** A failure as an answer. */
export function answerOf(error: HttpError): Answer {
  const { statusCode: status, error: word, message } = error;
  return {
    status,
    body: JSON.stringify({ error: word, message }),
    headers: {
      ...(error instanceof Later ? { 'retry-after': String(error.seconds) } : {}),
      ...(status === 401 ? { 'www-authenticate': 'Basic realm="lastfix gateway", charset="UTF-8", Bearer' } : {}),
    },
  };
}
