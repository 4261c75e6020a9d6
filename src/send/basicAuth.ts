import type { Credentials } from './Credentials.js';

/** A user and a password as HTTP sends them (RFC 7617). */
export function basicAuth({ user = '', password = '' }: Credentials): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}
