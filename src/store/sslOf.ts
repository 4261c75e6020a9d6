import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { FileError } from '../csv/FileError.js';
import type { SslMode } from './storeUrl.js';

/** The files of a connection with TLS. */
export interface SslFiles {
  readonly sslRootCert: string | undefined;
  readonly sslCert: string | undefined;
  readonly sslKey: string | undefined;
}

/**
 * How to connect by a mode, as PostgreSQL's own programs do: `require` does not check the certificate unless a root is
 * given, `verify-ca` checks who signed it, and `verify-full` also for which host. `undefined` is without TLS.
 *
 * @throws FileError if one of the files cannot be read
 */
export function sslOf(mode: SslMode, { sslRootCert, sslCert, sslKey }: SslFiles): ConnectionOptions | undefined {
  if (mode === 'disable') return undefined;
  const checks = mode.startsWith('verify-') || (mode === 'require' && sslRootCert !== undefined);
  return {
    rejectUnauthorized: checks,
    ...(sslRootCert !== undefined && sslRootCert !== 'system' && { ca: textOf(sslRootCert) }),
    ...(sslCert !== undefined && { cert: textOf(sslCert) }),
    ...(sslKey !== undefined && { key: textOf(sslKey) }),
    ...(checks && mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw FileError.cannot('read', path, cause);
  }
}
