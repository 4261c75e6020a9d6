import { EMPTY, filter, fromEvent, merge, mergeMap, of } from 'rxjs';
import type { Intent } from '../model/Intent.js';
import { element } from './element.js';
import type { View } from './View.js';

/** The keys of the terminal (space, right arrow, + and -) and of the page: `/` finds, `f` shows all, `z` zooms to the chosen device, `l` is live, `c` changes the clock, Escape lets go. */
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
        if (pressed === undefined || (event.key === 'ArrowRight' && at.closest('.map, input') !== null) || (/^[+-]$/.test(event.key) && at.closest('.map') !== null)) return EMPTY;
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
    case '+': return () => { nextRate(1); };
    case '-': return () => { nextRate(-1); };
    default: return undefined;
  }
}

function nextRate(by: number): void {
  const rate = element('rate', HTMLSelectElement);
  const index = rate.selectedIndex + by;
  if (rate.disabled || index < 0 || index >= rate.length) return;
  rate.selectedIndex = index;
  rate.dispatchEvent(new Event('change'));
}
