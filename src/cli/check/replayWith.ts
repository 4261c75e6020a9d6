import { OPTIONS } from '../replay/replayOptions.js';

/** Options that do not say how a recording is read. */
const OTHERS = ['rate', 'max-gap', 'tmp', 'quiet', 'format', 'help'];
/** What a shell takes as it is. */
const PLAIN = /^[\w@%+=:,./-]+$/;

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** The command that replays some inputs as they were checked, if options that change how they are read were given. */
export function replayWith(inputs: readonly string[], values: Values): string | undefined {
  const given = Object.entries(values).filter(([name, value]) => {
    const option = (OPTIONS as Readonly<Record<string, { readonly default?: unknown }>>)[name];
    return option !== undefined && !OTHERS.includes(name) && value !== undefined && value !== option.default;
  });
  if (given.length === 0) return undefined;
  const options = given.flatMap(([name, value]) =>
    [value].flat().flatMap((one) => (one === true ? [`--${name}`] : [`--${name}`, quoted(String(one))])),
  );
  return ['lastfix', 'replay', ...inputs.map(quoted), ...options].join(' ');
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
