import { count } from './counted.js';

/** Names for people to read: the first of them, and how many more there are. */
export function listed(names: readonly string[], most = 4): string {
  const some = names.slice(0, most).join(', ');
  return names.length > most ? `${some} and ${count(names.length - most)} more` : some;
}
