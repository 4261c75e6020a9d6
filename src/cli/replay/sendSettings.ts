import { shown } from '../../domain/shown.js';
import { UsageError } from '../UsageError.js';
import type { Output } from './outputOf.js';

/** The options of outputs that fixes are sent to. */
export const SEND_OPTIONS = {
  send: { type: 'string' },
  format: { type: 'string' },
} as const;

/** What may be sent, and in which format standard output may get it. */
export const SENT = ['all', 'changes'] as const;
export const SENT_FORMATS = ['json', 'csv'] as const;

/** Options that are for a log, and why they are for nothing else. */
const FOR_A_LOG = {
  coalesce: 'every fix is sent, or every change with --send changes',
  resume: 'nothing says how far another run came; --from TIME plays from a time on',
  sync: 'what is sent reaches no disk of this run',
  'no-index': 'what is sent has no index',
  flush: 'every fix is sent when it is due',
  serve: 'a page and an API are of a log',
};

/** How fixes are sent. */
export interface SendSettings {
  readonly onlyChanges: boolean;
  readonly format: (typeof SENT_FORMATS)[number];
}

/** The values of the options, as `parseArgs` gives them. */
export type SendValues = Readonly<Partial<Record<keyof typeof SEND_OPTIONS, string | undefined>>> &
  Readonly<Partial<Record<keyof typeof FOR_A_LOG, string | boolean | undefined>>>;

/** How fixes are to be sent; `undefined` if they go into a log. @throws UsageError for options that are not for that */
export function sendSettings(values: SendValues, to: Output): SendSettings | undefined {
  if (to.kind !== 'stdout') {
    const idle = Object.keys(SEND_OPTIONS).find((name) => values[name as keyof typeof SEND_OPTIONS] !== undefined);
    if (idle !== undefined)
      throw new UsageError(`--${idle} is for fixes that are sent: give --output -, or leave it out; ${to.kind === 'log' ? 'a log has every change' : 'a store has every fix'}`);
    return undefined;
  }
  for (const [name, why] of Object.entries(FOR_A_LOG)) {
    const value = values[name as keyof typeof FOR_A_LOG];
    if (value !== undefined && value !== false) throw new UsageError(`--${name} is for a log: ${why}`);
  }
  return { onlyChanges: oneOf('--send', values.send ?? 'all', SENT) === 'changes', format: oneOf('--format', values.format ?? 'json', SENT_FORMATS) };
}

function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((word) => word === text);
  if (word === undefined) throw new UsageError(`${option} ${shown(text)} is not one of ${words.join(', ')}`);
  return word;
}
