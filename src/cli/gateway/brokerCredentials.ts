import type { Credentials } from '../../index.js';
import { UsageError } from '../UsageError.js';

/** The credentials for a broker: those of its address, or else those of the environment. @throws UsageError if they cannot be read */
export function brokerCredentials({ username, password }: URL, variables: Readonly<Record<string, string | undefined>>): Credentials {
  if (username !== '' || password !== '') return { user: decoded(username), password: decoded(password) };
  return { user: variables['LASTFIX_MQTT_USER'], password: variables['LASTFIX_MQTT_PASSWORD'] };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new UsageError('--mqtt: the user or the password has a % that encodes nothing: write it as %25', { cause });
  }
}
