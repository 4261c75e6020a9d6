/** The keys that a line has of its own, also with underscores behind them. */
const OWN = /^(?:time|device_id|lat|lon|speed|event_time|seq)_*$/;

/** The key of an extra column in a line: a name that is a key of its own has one underscore more there. */
export function furtherKey(name: string): string {
  return OWN.test(name) ? `${name}_` : name;
}

/** The name of the column that has a key. */
export function nameOfKey(key: string): string {
  return key.endsWith('_') && OWN.test(key) ? key.slice(0, -1) : key;
}
