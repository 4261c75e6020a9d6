import { OPTIONS as CHECK } from '../checkSettings.js';
import { OPTIONS as GENERATE } from '../generate.js';
import { OPTIONS as QUERY } from '../querySettings.js';
import { OPTIONS as REPLAY } from '../replaySettings.js';
import { SERVE_COMMAND_OPTIONS as SERVE } from '../serveSettings.js';

/** What may follow an option: one of some words, a file, a folder, a text that nobody can complete, or nothing. */
export type Values = readonly string[] | 'file' | 'folder' | 'text' | 'none';

/** A command as a shell completes it. */
export interface Completable {
  readonly name: string;
  readonly about: string;
  /** By their names, without the hyphens. */
  readonly options: Readonly<Record<string, Values>>;
  /** What its words are. */
  readonly words: Values;
}

const FORMATS = { query: ['table', 'json', 'csv', 'geojson'], check: ['table', 'json'] };
/** What the options take that do not take any text. */
const VALUES: Readonly<Record<string, Values>> = {
  rate: ['1', '60', 'max'],
  rebase: ['now'],
  sync: ['always', 'second', 'never'],
  stay: ['always', 'terminal', 'never'],
  by: ['arrival', 'event'],
  output: 'file',
  stats: 'file',
  'token-file': 'file',
  tmp: 'folder',
};

/** The commands of lastfix with their options, as they are parsed. */
export function completable(): readonly Completable[] {
  return [
    { name: 'replay', about: 'play a recording into a log', options: optionsOf(REPLAY), words: 'file' },
    { name: 'check', about: 'what is in a recording, before it is played', options: optionsOf(CHECK, { format: FORMATS.check }), words: 'file' },
    { name: 'query', about: 'ask the log about a device at a time, the fleet, a track', options: optionsOf(QUERY, { format: FORMATS.query }), words: 'text' },
    { name: 'serve', about: 'a page and an HTTP API of a log', options: optionsOf(SERVE), words: 'none' },
    { name: 'generate', about: 'write a made-up recording', options: optionsOf(GENERATE), words: 'none' },
    { name: 'completion', about: 'what a shell needs to complete these', options: { help: 'none' }, words: ['bash', 'zsh', 'fish'] },
  ];
}

function optionsOf(options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>, values: Readonly<Record<string, Values>> = {}): Completable['options'] {
  return Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, type === 'boolean' ? 'none' : (values[name] ?? VALUES[name] ?? 'text')]));
}
