import { formatInstant } from '../domain/instant.js';
import type { Answer } from '../domain/Past.js';
import { shown } from '../domain/shown.js';

/** The words for parts of the reason. */
export interface Wording {
  /** What follows the moment, such as ` by event time`. Default: nothing. */
  readonly how?: string;
  /** How old a fix was, given in µs, in words. */
  readonly age: (micros: number) => string;
  /** The oldest that a fix may be, with its name, such as `max_age is 5m`. */
  readonly maxAge: string;
}

/** Why the answer about a device that there is has no fix, in words. */
export function noAnswer(
  device: string,
  answer: Exclude<Answer, { readonly known: 'nothing' }>,
  { how = '', age, maxAge }: Wording,
): string {
  const [name, asked] = [shown(device), `${formatInstant(answer.asked)}${how}`];
  if ('fix' in answer)
    return `too old: the latest fix of device ${name} at ${asked} is of ${formatInstant(answer.fix.event)}, ${age(answer.age)} before that, and ${maxAge}`;
  const first = formatInstant(answer.first);
  if (answer.by === 'arrival')
    return `nothing known of device ${name} at ${formatInstant(answer.asked)}: its first fix arrived at ${first}`;
  return `nothing known of where device ${name} was at ${asked}: its first fix was taken at ${first}`;
}
