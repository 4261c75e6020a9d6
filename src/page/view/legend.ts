import type { Freshness } from '../model/freshness.js';
import { AGES } from './AGES.js';

/** What signs and colours mean; a small screen shows what stands before the colon. */
export const LEGEND = [
  ...(['fresh', 'ageing', 'old'] as const).map((kind: Freshness) => ({ kind, ...AGES[kind] })),
  { kind: 'standing', sign: '●', words: 'no heading' },
  { kind: 'late', sign: '○', words: 'late fix: earlier position' },
  { kind: 'elsewhere', sign: '□', words: 'displaced: by the other clock' },
] as const;

/** Fills the legend, before what it has: what signs and colours mean. */
export function legend(list: HTMLElement): void {
  list.prepend(...LEGEND.map(({ kind, sign, words }) => entry(kind, sign, words)));
}

function entry(kind: string, sign: string, words: string): HTMLElement {
  const [name, more] = words.split(/(?=:)/);
  const item = document.createElement('li');
  const mark = document.createElement('span');
  mark.className = `sign ${kind}`;
  mark.textContent = sign;
  mark.setAttribute('aria-hidden', 'true');
  const rest = document.createElement('span');
  rest.className = 'more';
  rest.textContent = more ?? '';
  item.append(mark, name!, rest);
  return item;
}
