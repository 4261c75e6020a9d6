import { stateOf } from './faultOf.js';
import { StoreError } from './StoreError.js';

/** What to do about what PostgreSQL says, by SQLSTATE. */
const ADVICE: Record<string, string> = {
  '28P01': 'give the right one in PGPASSWORD or ~/.pgpass',
  '28000': 'check the user and the pg_hba.conf of the server, or give ?sslmode=require if it requires TLS',
  '3D000': 'create it with createdb, or name another',
  '42501': 'have the right granted to the role, or name another user',
  '42P07': 'name another schema with ?schema=NAME',
  '42P01': 'the tables of the store are not as lastfix made them: restore them, or name another schema with ?schema=NAME',
  '53100': 'make room on its disk',
  '53300': 'let it have more connections, or end some',
  '57014': 'if its statement_timeout or lock_timeout is short, set it longer for the role',
  '57P03': 'it is starting or stopping: try again in a moment',
  '25P03': 'this process has stood still for too long',
};

/** What to do about what the connection says, by its code. */
const REACHING: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: check the host and the port, and that the server runs',
  ENOENT: 'there is no such socket: check that the server runs, or name its host',
  ENOTFOUND: 'there is no such host: check its name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ETIMEDOUT: 'it does not answer: check the host, the port and the network',
  EHOSTUNREACH: 'that host cannot be reached: check the network',
  ECONNRESET: 'the connection was cut',
  EACCES: 'the socket is not for this user: check its permissions',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself: name it with sslrootcert=FILE, or use sslmode=require',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is of an unknown authority: name that with sslrootcert=FILE',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is of an unknown authority: name that with sslrootcert=FILE',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is of an unknown authority: name that with sslrootcert=FILE',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host: check the host, or use sslmode=verify-ca',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};
const NO_TLS = 'The server does not support SSL connections';
const NO_PASSWORD = /password must be a (?:non-empty )?string/;

/** An error of the driver in one line, which says what to do. @param shown what to call the database: no password is in it */
export function explained(error: unknown, shown: string): StoreError {
  if (error instanceof StoreError) return error;
  const { message, code = '', errors } = error as NodeJS.ErrnoException & { readonly errors?: readonly unknown[] };
  if (errors?.[0] !== undefined) return explained(errors[0], shown); // of several addresses of one host
  const state = stateOf(error);
  if (state !== undefined) {
    const advice = ADVICE[state];
    return new StoreError(`${shown}: ${message}${advice ? ` (${advice})` : ''}`, { cause: error });
  }
  if (NO_PASSWORD.test(message))
    return new StoreError(`${shown}: it requires a password (give one in PGPASSWORD or ~/.pgpass)`, { cause: error });
  if (message === NO_TLS) return new StoreError(`${shown}: it does not offer TLS (leave out sslmode, or turn on ssl on the server)`, { cause: error });
  return new StoreError(`cannot reach ${shown}: ${REACHING[code] ?? message}`, { cause: error });
}
