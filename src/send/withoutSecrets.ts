import { basicAuth } from './basicAuth.js';
import type { Credentials } from './Credentials.js';

/** A text of the other side without the password or the token, which it may repeat, encoded or not. */
export function withoutSecrets(text: string, credentials: Credentials): string {
  const { password, token } = credentials;
  const secrets = [token, ...(password ? [password, basicAuth(credentials)] : [])];
  return secrets.reduce<string>((told, secret) => (secret ? told.replaceAll(secret, '***') : told), text);
}
