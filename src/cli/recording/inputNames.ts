import { listed } from '../../domain/listed.js';
import { STDIN } from './inputsOf.js';

/** What the words that name inputs are called: all of them for the report, some for people. */
export function inputNames(words: readonly string[]): { readonly input: string; readonly inputShown: string } {
  const names = words.map((word) => (word === STDIN ? 'standard input' : word));
  return { input: names.join(', '), inputShown: listed(names) };
}
