import { LAYOUTS } from '../../index.js';
import { OPTIONS as CHECK } from '../check/checkSettings.js';
import { OPTIONS as FORGET } from '../forget.js';
import { OPTIONS as GATEWAY } from '../gateway/gatewaySettings.js';
import { OPTIONS as GENERATE } from '../generate.js';
import { OPTIONS as QUERY } from '../query/querySettings.js';
import { OPTIONS as REPLAY } from '../replay/replayOptions.js';
import { SENT, SENT_AS, SENT_FORMATS } from '../replay/sendSettings.js';
import { OPTIONS as STATUS } from '../status/statusSettings.js';
import { SERVE_COMMAND_OPTIONS as SERVE } from '../serve/serveSettings.js';

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

const CHECKED = { format: ['table', 'json'] };
const PLAYED = { format: SENT_FORMATS, send: SENT, 'send-as': SENT_AS };
const TAKEN = { output: 'text', users: 'file' } as const;
const ASKED = { format: ['table', 'json', 'csv', 'geojson', 'gpx', 'kml'] };
/** What the options take that do not take any text. */
const VALUES: Readonly<Record<string, Values>> = {
  rate: ['1', '60', 'max'],
  layout: LAYOUTS.map(({ name }) => name),
  delimiter: ['tab', 'comma', 'semicolon', 'bar'],
  decimal: ['point', 'comma'],
  keep: ['none'],
  'speed-unit': ['kn', 'km/h', 'm/s', 'mph'],
  rebase: ['now'],
  sync: ['always', 'second', 'never'],
  stay: ['always', 'terminal', 'never'],
  by: ['arrival', 'event'],
  output: 'file',
  log: 'file',
  stats: 'file',
  'token-file': 'file',
  tiles: 'file',
  tmp: 'folder',
};

/** The commands of lastfix with their options, as they are parsed. */
export function completable(): readonly Completable[] {
  return [
    { name: 'replay', about: 'play a recording into a log', options: optionsOf(REPLAY, PLAYED), words: 'file' },
    { name: 'check', about: 'what is in a recording, before it is played', options: optionsOf(CHECK, CHECKED), words: 'file' },
    { name: 'query', about: 'ask the log about a device at a time, the fleet, a track', options: optionsOf(QUERY, ASKED), words: 'file' },
    { name: 'serve', about: 'a page and an HTTP API of a log', options: optionsOf(SERVE), words: 'file' },
    { name: 'status', about: 'what a log or a store has, and whether it is fed', options: optionsOf(STATUS, CHECKED), words: 'file' },
    { name: 'gateway', about: 'take the fixes of devices into a stream', options: optionsOf(GATEWAY, TAKEN), words: 'none' },
    { name: 'forget', about: 'delete the old fixes of a store', options: optionsOf(FORGET, { output: 'text' }), words: 'none' },
    { name: 'generate', about: 'write a made-up recording', options: optionsOf(GENERATE), words: 'none' },
    { name: 'completion', about: 'what a shell needs to complete these', options: { help: 'none' }, words: ['bash', 'zsh', 'fish'] },
  ];
}

type Parsed = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

function optionsOf(options: Parsed, own: Completable['options'] = {}): Completable['options'] {
  const values: Completable['options'] = { ...VALUES, ...own };
  const valuesOf = (name: string) => (options[name]!.type === 'boolean' ? 'none' : (values[name] ?? 'text'));
  return Object.fromEntries(Object.keys(options).map((name) => [name, valuesOf(name)]));
}
