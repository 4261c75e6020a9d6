import { StreamError } from './StreamError.js';
import type { Variables } from './Variables.js';

/** What a server knows its client by: a user and a password, or a token, or a file of credentials. */
export interface StreamCredentials {
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** The path of a file that nsc has made: a JWT, and the seed of its key. */
  readonly file?: string;
}

/**
 * The credentials that stand in a URL, `user:password` or a token alone, or else those of the environment.
 *
 * @throws StreamError if there are several, or if they cannot be read; they are not in its message
 */
export function streamCredentials(login: string | undefined, env: Variables): StreamCredentials {
  if (login !== undefined && login !== '') {
    const [, user, password] = /^([^:]*)(?::(.*))?$/.exec(login) ?? [];
    return password === undefined ? { token: decoded(user!) } : { user: decoded(user!), password: decoded(password) };
  }
  const { LASTFIX_NATS_USER: user, LASTFIX_NATS_PASSWORD: password, LASTFIX_NATS_TOKEN: token, LASTFIX_NATS_CREDS: file } = env;
  if ([user, token, file].filter((given) => given !== undefined).length > 1)
    throw new StreamError('LASTFIX_NATS_USER, LASTFIX_NATS_TOKEN and LASTFIX_NATS_CREDS are alternative ways to log in: set only one of them');
  if (password !== undefined && user === undefined) throw new StreamError('LASTFIX_NATS_PASSWORD is set without LASTFIX_NATS_USER: set both');
  if (token !== undefined) return { token };
  if (file !== undefined) return { file };
  return user === undefined ? {} : { user, password: password ?? '' };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new StreamError('the user, the password or the token in the URL of the stream has a % that encodes nothing: write it as %25');
  }
}
