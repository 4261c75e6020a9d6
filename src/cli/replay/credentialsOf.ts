import type { Credentials } from '../../index.js';
import { UsageError } from '../UsageError.js';

/** The variables that credentials may be given with, out of sight of others on the machine. */
type Variables = Readonly<Record<string, string | undefined>>;

/** The credentials of an address: its own, or else those of the environment. @throws UsageError if they cannot be read, or sent */
export function credentialsOf({ username, password }: URL, variables: Variables): Credentials {
  if (username !== '' || password !== '') return { user: decoded(username), password: decoded(password) };
  return {
    user: variables['LASTFIX_OUTPUT_USER'],
    password: variables['LASTFIX_OUTPUT_PASSWORD'],
    token: tokenIn(variables['LASTFIX_OUTPUT_TOKEN']),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new UsageError('--output: the user or the password has a % that encodes nothing: write it as %25', { cause });
  }
}

/** A token, if there is one: what HTTP can carry (RFC 6750, 2.1). */
function tokenIn(text = ''): string | undefined {
  if (text === '') return undefined;
  if (/^[\u0021-\u007e]+$/.test(text)) return text;
  throw new UsageError('LASTFIX_OUTPUT_TOKEN has a blank, a line break or another character that no token has: was it read from a file?');
}
