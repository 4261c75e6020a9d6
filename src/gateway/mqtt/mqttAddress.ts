import { FileError } from '../../csv/FileError.js';
import { shown } from '../../domain/shown.js';
import { topicFilter, type TopicFilter } from './topicFilter.js';

/** Where messages come from: a broker, and a filter of topics. */
export interface MqttAddress {
  readonly url: URL;
  readonly topics: TopicFilter;
  /** What to call it: without credentials. */
  readonly shown: string;
}

/** What is not a filter: a level that only has a part of a wildcard, and # anywhere but at the end (MQTT 3.1.1, 4.7.1). */
const WRONG = /[^/][+#]|\+[^/]|#.|\0/;

/**
 * Reads the address of a broker with a filter of topics behind it: `mqtts://user:password@host:8883/owntracks/+/+`.
 *
 * @throws FileError if it is not one; its message never has the credentials of the address
 */
export function mqttAddress(text: string): MqttAddress {
  const [, scheme, authority = '', rest = ''] = /^(mqtts?):\/\/([^/?#]+)\/(.+)$/is.exec(text) ?? [];
  const wanted = 'write it like mqtts://host/owntracks/+/+ or mqtt://host:1883/fleet/{device}';
  if (scheme === undefined || !URL.canParse(`${scheme}://${authority}`))
    throw new FileError(`the address of the broker is not valid, or names no topics: ${wanted}`);
  const filter = decoded(rest);
  if (filter === undefined || WRONG.test(filter) || filter.split('/').some((level) => level !== '{device}' && /[{}]/.test(level)))
    throw new FileError(`${shown(rest)} is not a filter of topics: + and {device} stand for a whole level, # for all at the end`);
  const url = new URL(`${scheme}://${authority}`);
  return { url, topics: topicFilter(filter), shown: `${url.protocol}//${url.host}/${filter}` };
}

/** `+` is itself in an address, as is `#` here. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
