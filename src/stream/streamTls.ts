import { shown } from '../domain/shown.js';
import { StreamError } from './StreamError.js';
import type { Variables } from './Variables.js';

/** How a connection is kept from others. */
export interface StreamTls {
  /** `offered`: if the server has it; `require`: or no connection; `first`: before the server says a word (its `handshake_first`). */
  readonly mode: 'offered' | 'require' | 'first';
  /** Files in PEM: of who signs the server's certificate, of the client's own, and of its key. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

const MODES = ['require', 'first'] as const;

/** How TLS is asked for. Who names a file wants it. @throws StreamError if the mode is none, or one of two files is missing */
export function streamTls(scheme: string, mode: string | undefined, env: Variables): StreamTls {
  const known = MODES.find((name) => name === mode);
  if (mode !== undefined && known === undefined) throw new StreamError(`tls=${shown(mode)} is not one of ${MODES.join(', ')}`);
  const { LASTFIX_NATS_CA: ca, LASTFIX_NATS_CERT: cert, LASTFIX_NATS_KEY: key } = env;
  if ((cert === undefined) !== (key === undefined))
    throw new StreamError('LASTFIX_NATS_CERT and LASTFIX_NATS_KEY are the certificate of a client and its key: set both, or none');
  const isWanted = scheme === 'tls' || ca !== undefined || cert !== undefined;
  return { mode: known ?? (isWanted ? 'require' : 'offered'), ca, cert, key };
}
