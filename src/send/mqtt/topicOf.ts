import { escapedLevel } from './escapedLevel.js';

const DEVICE = '{device}';

/**
 * The topic of a device, by a pattern in which `{device}` stands for its id, as `escapedLevel` writes it. Brokers keep
 * topics that begin with $ to themselves, so a $ is encoded there.
 */
export function topicOf(pattern: string, device: string): string {
  const level = escapedLevel(device);
  const topic = pattern.replaceAll(DEVICE, () => level);
  return pattern.startsWith(DEVICE) ? topic.replace(/^\$/, '%24') : topic;
}
