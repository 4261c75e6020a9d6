import type { Freshness } from '../model/freshness.js';
import { AGES } from './AGES.js';

/** Fills the legend: what signs and colours tell. */
export function legend(list: HTMLElement): void {
  const ages = (['fresh', 'ageing', 'old'] as const).map((age: Freshness) => entry(age, AGES[age].sign, AGES[age].words));
  list.replaceChildren(...ages, entry('standing', '●', 'standing'), entry('late', '○', 'late: had been there'));
}

function entry(kind: string, sign: string, words: string): HTMLElement {
  const item = document.createElement('li');
  const mark = document.createElement('span');
  mark.className = `sign ${kind}`;
  mark.textContent = sign;
  mark.setAttribute('aria-hidden', 'true');
  item.append(mark, words);
  return item;
}
