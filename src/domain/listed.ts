import { count } from './counted.js';

/** Names for people to read: the first of them, and how many more there are. */
export function listed(names: readonly string[], max = 4): string {
  const some = names.slice(0, max).join(', ');
  return names.length > max ? `${some} and ${count(names.length - max)} more` : some;
}
