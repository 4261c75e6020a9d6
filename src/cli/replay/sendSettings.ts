import { FORMS, type FormName } from '../../index.js';
import { oneOf, wholeOf } from '../arguments.js';
import { UsageError } from '../UsageError.js';
import type { Output } from './outputOf.js';

/** The options of outputs that fixes are sent to. */
export const SEND_OPTIONS = {
  send: { type: 'string' },
  format: { type: 'string' },
  'send-as': { type: 'string' },
  connections: { type: 'string' },
} as const;
type SendOption = keyof typeof SEND_OPTIONS;

/** What may be sent, in which formats standard output may get it, and in which forms another system. */
export const SENT = ['all', 'changes'] as const;
export const SENT_FORMATS = ['json', 'csv'] as const;
export const SENT_AS = Object.keys(FORMS) as FormName[];
const SENT_AS_BY_MQTT = ['lastfix', 'owntracks'] as const satisfies FormName[];
const MAX_CONNECTIONS = 256;

/** Options that are for a log, and why they are for nothing else. */
const FOR_A_LOG = {
  coalesce: 'every fix is sent, or every change with --send changes',
  resume: 'nothing says how far another run came; every fix is sent',
  sync: 'what is sent reaches no disk of this run',
  'no-index': 'what is sent has no index',
  flush: 'every fix is sent when it is due',
  serve: 'a page and an API are of a log',
};

/** What is of no use for a kind of output, and why. */
const IDLE: Readonly<Record<Exclude<Output['kind'], 'log' | 'store'>, Partial<Record<SendOption, string>>>> = {
  stdout: {
    'send-as': 'is for an address: use --format for standard output',
    connections: 'is for an address that begins with http:// or https://: leave it out',
  },
  stream: {
    format: 'is for standard output: a stream has lines of JSON, as docs/scale.md says',
    'send-as': 'is for an address of another system: a stream has lines of JSON, as docs/scale.md says',
    connections: 'is for an address that begins with http:// or https://: a stream sends one message at a time in each partition',
  },
  http: { format: 'is for standard output: use --send-as for another system' },
  mqtt: {
    format: 'is for standard output: use --send-as for another system',
    connections: 'is for an address that begins with http:// or https://: leave it out',
  },
};

/** How fixes are sent. */
export interface SendSettings {
  readonly onlyChanges: boolean;
  readonly format: (typeof SENT_FORMATS)[number];
  readonly sendAs: FormName;
  readonly connections: number;
}

/** The values of the options, as `parseArgs` gives them. */
export type SendValues = Readonly<Partial<Record<SendOption, string | undefined>>> &
  Readonly<Partial<Record<keyof typeof FOR_A_LOG, string | boolean | undefined>>>;

/** How fixes are to be sent; `undefined` if they go into a log. @throws UsageError for options that are not for that */
export function sendSettings(values: SendValues, to: Output): SendSettings | undefined {
  const { kind } = to;
  const given = (Object.keys(SEND_OPTIONS) as SendOption[]).filter((name) => values[name] !== undefined);
  if (kind === 'log' || kind === 'store') {
    if (given[0] === undefined) return undefined;
    const why = kind === 'log' ? 'a log has every change' : 'a store has every fix';
    throw new UsageError(`--${given[0]} is for fixes that are sent: give --output - or an address, or leave it out; ${why}`);
  }
  for (const [name, why] of Object.entries(FOR_A_LOG)) {
    const value = values[name as keyof typeof FOR_A_LOG];
    if (value === undefined || value === false || (kind === 'stream' && name === 'resume')) continue;
    throw new UsageError(`--${name} is for a log: ${why}`);
  }
  for (const name of given) if (IDLE[kind][name] !== undefined) throw new UsageError(`--${name} ${IDLE[kind][name]}`);
  if (to.kind === 'mqtt' && values['send-as'] === 'owntracks' && !to.topic.includes('{device}'))
    throw new UsageError('--send-as owntracks needs {device} in the topic, since its messages do not name the device: --output mqtt://host/owntracks/fleet/{device}');
  return {
    onlyChanges: oneOf('--send', values.send ?? 'all', SENT) === 'changes',
    format: oneOf('--format', values.format ?? 'json', SENT_FORMATS),
    sendAs: oneOf<FormName>('--send-as', values['send-as'] ?? 'lastfix', kind === 'mqtt' ? SENT_AS_BY_MQTT : SENT_AS),
    connections: wholeOf('--connections', values.connections ?? '8', 1, MAX_CONNECTIONS),
  };
}
