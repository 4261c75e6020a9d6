import type { Reading } from '../../index.js';
import { shown } from '../../domain/shown.js';
import { count } from '../text/words.js';

/** So many renamed columns, and so many kinds of inputs, are told. */
const [RENAMED, KINDS] = [8, 3];
/** What it means that there is one. */
export const ONE_CLOCK = 'one clock: nothing can be late by the event';
const SEPARATORS: Readonly<Record<string, string>> = { '\t': 'tabs', ';': 'semicolons', '|': 'bars' };

/**
 * What was concluded about how inputs are read, in one line; `undefined` if it is all as usual.
 *
 * @param isNamed whether an input is named, too, if all are read alike
 */
export function conclusions(readings: readonly Reading[], isNamed: boolean): string | undefined {
  const concluded = readings.map((reading) => ({ reading, text: concludedOf(reading) })).filter(({ text }) => text !== '');
  if (concluded.length === 0) return undefined;
  if (readings.length === 1 && !isNamed) return concluded[0]!.text;
  const told = concluded.slice(0, KINDS).map(({ reading, text }) => `${inputsOf(reading)}: ${text}`).join('; ');
  return concluded.length > KINDS ? `${told}; and ${count(concluded.length - KINDS)} more kinds of inputs` : told;
}

function concludedOf({ name, isFound, isOfFormat, isMarked, columns, layout, inexact, isSeparatorFound, headerLine }: Reading): string {
  const separators = SEPARATORS[layout.delimiter ?? ','];
  const renamed = columns.extra.filter(({ name, was }) => name !== was);
  return [
    ...(isMarked ? ['UTF-16 by its byte order mark'] : []),
    ...(isFound ? [`layout ${name!} by its header`] : isOfFormat ? [`layout ${name!} by its first bytes`] : []),
    ...(headerLine === undefined ? [] : [`header in line ${count(headerLine)}`]),
    ...(isSeparatorFound && separators !== undefined ? [`fields separated by ${separators}`] : []),
    ...inexact.map((part) => `${part} is ${shown(columns.names[part] ?? '')}`),
    ...(columns.position.arrival < 0 ? [ONE_CLOCK] : []),
    ...(renamed.length > 0 ? [`columns get other names in the log: ${renaming(renamed)}`] : []),
  ].join(', ');
}

function inputsOf({ inputs, first }: Reading): string {
  return inputs > 1 ? `${first} and ${count(inputs - 1)} more` : first;
}

function renaming(renamed: Reading['columns']['extra']): string {
  const told = renamed.slice(0, RENAMED).map(({ name, was }) => `${shown(was)} is ${shown(name)}`).join(', ');
  return renamed.length > RENAMED ? `${told}, and ${count(renamed.length - RENAMED)} more` : told;
}
