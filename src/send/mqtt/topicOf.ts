import { escapedLevel } from './escapedLevel.js';

const DEVICE = '{device}';

/**
 * The topic of a device, by a pattern in which `{device}` stands for its id, as `escapedLevel` writes it. Brokers keep
 * topics that begin with $ to themselves, so a $ is encoded there.
 */
export function topicOf(pattern: string, device: string): string {
  const level = escapedLevel(device);
  const isFirst = pattern.startsWith(DEVICE) && level.startsWith('$');
  return pattern.replaceAll(DEVICE, () => level).replace(isFirst ? /^\$/ : /$^/, '%24');
}
