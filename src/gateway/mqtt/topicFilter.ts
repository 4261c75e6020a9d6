/** A filter of topics, and what a topic that it takes says of a device. */
export interface TopicFilter {
  /** As a broker takes it. */
  readonly filter: string;
  /** The device that a topic names, at the level that was written `{device}`; `undefined` if none was. */
  deviceOf(topic: string): string | undefined;
}

const DEVICE = '{device}';

/** Reads a filter, in which `{device}` may stand for the level of the device, as `+` for any. */
export function topicFilter(text: string): TopicFilter {
  const levels = text.split('/');
  const at = levels.indexOf(DEVICE);
  return {
    filter: levels.map((level) => (level === DEVICE ? '+' : level)).join('/'),
    deviceOf: (topic) => {
      const level = at < 0 ? undefined : topic.split('/')[at];
      return level === undefined || level === '' ? undefined : decoded(level);
    },
  };
}

/** A level as it was meant: `escapedLevel` percent-encodes what may not stand in one. */
function decoded(level: string): string {
  try {
    return decodeURIComponent(level);
  } catch {
    return level;
  }
}
