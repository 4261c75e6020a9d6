import type { Freshness } from '../model/freshness.js';
import { AGES } from './AGES.js';

/** Fills the legend: what signs and colours mean. */
export function legend(list: HTMLElement): void {
  const ages = (['fresh', 'ageing', 'old'] as const).map((age: Freshness) => entry(age, AGES[age].sign, AGES[age].words));
  list.replaceChildren(
    ...ages,
    entry('standing', '●', 'no heading'),
    entry('late', '○', 'late fix: earlier position'),
    entry('elsewhere', '□', 'displaced: by the other clock'),
  );
}

/** What a sign means, of which a small screen shows what stands before the colon. */
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
