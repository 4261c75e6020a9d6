import { EMPTY, filter, fromEvent, merge, mergeMap, of } from 'rxjs';
import { nextRate } from '../../domain/nextRate.js';
import type { Intent } from '../model/Intent.js';
import { element } from './element.js';
import type { View } from './View.js';

/**
 * The keys of the terminal (space, right arrow, + and -) and of the page: `/` finds, `f` shows all, `z` zooms to the
 * chosen device, `l` is live, `c` changes the clock, Escape lets go.
 */
export const keysView: View = () =>
  merge(
    fromEvent<KeyboardEvent>(document, 'keydown').pipe(
      filter((event) => !event.ctrlKey && !event.metaKey && !event.altKey),
      mergeMap((event) => {
        const at = event.target as HTMLElement;
        if (event.key === 'Escape') return of<Intent>({ want: 'device', device: undefined });
        if (at.matches('input[type="search"], select') || (event.key === ' ' && at.matches('button, input[type="radio"]'))) return EMPTY;
        if (event.key === '/') {
          event.preventDefault();
          element('filter').focus();
          return EMPTY;
        }
        const pressed = pressedBy(event.key);
        if (
          pressed === undefined ||
          (event.key === 'ArrowRight' && at.closest('.map, input') !== null) ||
          (/^[-+=]$/.test(event.key) && at.closest('.map') !== null)
        )
          return EMPTY;
        event.preventDefault();
        pressed();
        return EMPTY;
      }),
    ),
  );

/** What a key presses, as if by a click: so a button that is disabled stays so. */
function pressedBy(key: string): (() => void) | undefined {
  const click = (id: string) => () => { element(id).click(); };
  switch (key) {
    case ' ': return click('play');
    case 'ArrowRight': return click('step');
    case 'l': return click('live');
    case 'z': return click('near');
    case 'f': return click('fit');
    case 'c': return () => { element(element('event', HTMLInputElement).checked ? 'arrival' : 'event').click(); };
    case '+':
    case '=': return () => { step('up'); };
    case '-': return () => { step('down'); };
    default: return undefined;
  }
}

/** Chooses the next rate as if by hand. */
function step(direction: 'up' | 'down'): void {
  const rate = element('rate', HTMLSelectElement);
  const now = rate.value === 'max' ? Infinity : Number(rate.value);
  const next = nextRate(now, direction);
  if (rate.disabled || next === now) return;
  rate.value = String(next);
  rate.dispatchEvent(new Event('change'));
}
