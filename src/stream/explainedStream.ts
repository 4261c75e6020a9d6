import { withoutSecrets } from '../send/withoutSecrets.js';
import { StreamError } from './StreamError.js';
import type { StreamUrl } from './streamUrl.js';

/** What to do about what JetStream says, by the code of its error. */
const ADVICE: Record<number, string> = {
  10_008: 'the servers have no leader, as while they start: see that most of them run, and try again',
  10_059: 'there is no such stream: make it with lastfix replay RECORDING --output, lastfix gateway, or nats stream add',
  10_058: 'a stream of that name is there with other settings',
  10_065: 'another stream has these subjects: name another, or remove that one',
  10_023: 'the server has no room for it: raise max_file_store, or keep less',
  10_047: 'the server has no room for it: raise max_file_store, or keep less',
  10_028: 'the account may have no more: raise its limits',
  10_026: 'the account may have no more streams: raise its limits',
};

/** What to do about what the connection says, by its code. */
const REACHING: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: check the host and the port, and that nats-server runs',
  ENOTFOUND: 'there is no such host: check its name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ETIMEDOUT: 'it does not answer: check the host, the port and the network',
  EHOSTUNREACH: 'that host cannot be reached: check the network',
  ECONNRESET: 'the connection was cut',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself: name it in LASTFIX_NATS_CA',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is of an unknown authority: name that in LASTFIX_NATS_CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is of an unknown authority: name that in LASTFIX_NATS_CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is of an unknown authority: name that in LASTFIX_NATS_CA',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host: check the host, and write tls:// before one that is an address',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** What the client says of a server without TLS. */
const NO_TLS = "does not support 'tls'";

interface Fault extends Error {
  /** Of JetStream, or of the connection. */
  readonly code?: number | string;
  readonly operation?: string;
  readonly subject?: string;
  readonly isNoResponders?: () => boolean;
}

/** An error of the client of NATS in one line, which says what to do. No credentials are in it. */
export function explainedStream(error: unknown, { shown, stream, credentials, tls }: StreamUrl): StreamError {
  if (error instanceof StreamError) return error;
  const told = (text: string) => new StreamError(withoutSecrets(text, credentials), { cause: error });
  for (const fault of causesOf(error)) {
    const { name, code, operation, subject, message } = fault;
    if (operation !== undefined && subject !== undefined)
      return told(`${shown}: this user may not ${operation === 'publish' ? 'publish to' : 'read'} ${subject} (grant the user that right: docs/scale.md lists the rights that are needed)`);
    if (name === 'AuthorizationError' || name === 'UserAuthenticationExpiredError')
      return told(`${shown}: it refuses this user (check the user and the password, or the token: in the URL, LASTFIX_NATS_USER and LASTFIX_NATS_PASSWORD, LASTFIX_NATS_TOKEN or LASTFIX_NATS_CREDS)`);
    if (name === 'JetStreamNotEnabled') return told(`${shown}: nothing answers for the stream ${stream}: the server has no JetStream (start it with -js, or with jetstream { … } in its settings), or no leader now`);
    if (typeof code === 'number') return told(`${shown}: ${message}${ADVICE[code] === undefined ? '' : ` (${ADVICE[code]})`}`);
    if (typeof code === 'string' && REACHING[code] !== undefined) return told(`cannot reach ${shown}: ${REACHING[code]}`);
  }
  const { name, message } = error as Error;
  if (message.includes(NO_TLS)) return told(`${shown}: it has no TLS (write nats:// in place of tls://, leave out tls=, and LASTFIX_NATS_CA; or have it switched on)`);
  if (name === 'TimeoutError') {
    const hint = tls.mode !== 'offered' && tls.cert === undefined ? ' (if it requires a certificate from clients, name one in LASTFIX_NATS_CERT and LASTFIX_NATS_KEY)' : '';
    return told(`${shown}: it did not answer in time${hint}`);
  }
  return told(`cannot reach ${shown}: ${message}`);
}

/** An error and what it was caused by, the deepest first: that says most. */
function causesOf(error: unknown): Fault[] {
  const causes: Fault[] = [];
  for (let fault = error; fault instanceof Error; fault = fault.cause) causes.unshift(fault);
  return causes;
}
