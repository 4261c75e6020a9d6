import { EMPTY, filter, fromEvent, mergeMap, of } from 'rxjs';
import { nextRate } from '../../domain/nextRate.js';
import type { Intent } from '../model/Intent.js';
import { element } from './element.js';
import type { View } from './View.js';

const TYPED = 'input:not([type="radio"], [type="range"]), select';

/**
 * The keys of the page. Those of the terminal (space, right arrow, + and -) steer the replay while that is followed, and
 * else the view. A key presses a button, so one that is disabled or hidden does nothing.
 */
export const keysView: View = () =>
  fromEvent<KeyboardEvent>(document, 'keydown').pipe(
    filter((event) => !event.ctrlKey && !event.metaKey && !event.altKey),
    mergeMap((event) => {
      const at = event.target as HTMLElement;
      if (at.closest('dialog[open], :popover-open') !== null) return EMPTY; // one that has just been closed keeps the focus until the next frame
      if (event.key === 'Escape' && document.querySelector(':popover-open') !== null) return EMPTY; // which it closes
      if (event.key === 'Escape') return of<Intent>({ want: 'device', device: undefined });
      if (at.matches(TYPED) || (event.key === ' ' && at.matches('button, input[type="radio"]'))) return EMPTY;
      const pressed = pressedBy(event.key);
      const isOfMap = /^(?:Arrow|[-+=]$)/.test(event.key) && at.closest('.map') !== null;
      if (pressed === undefined || isOfMap || (event.key.startsWith('Arrow') && at.matches('input'))) return EMPTY;
      event.preventDefault();
      pressed();
      return EMPTY;
    }),
  );

/** What a key presses. */
function pressedBy(key: string): (() => void) | undefined {
  const followsReplay = !element('replay').hidden && element('live').getAttribute('aria-pressed') === 'true';
  const [play, next, rate] = followsReplay ? ['play', 'step', 'rate'] : ['viewPlay', 'viewNext', 'viewRate'];
  const click = (id: string) => () => { element(id).click(); };
  switch (key) {
    case ' ': return click(play);
    case 'ArrowRight': return click(next);
    case 'ArrowLeft': return click('viewBack');
    case 'r': return click('viewLoop');
    case 'l': return click('live');
    case 'z': return click('near');
    case 'f': return click('fit');
    case 'c': return click(element('event', HTMLInputElement).checked ? 'arrival' : 'event');
    case 'o': return click('follow');
    case 'h': return click('heat');
    case 'u': return click('zone');
    case 's': return click('save');
    case 'i': return click('zoomIn');
    case 'k': return click('zoomOut');
    case 'w': return click('zoomAll');
    case 't': return () => { element('typed').focus(); };
    case '?': return click('keys');
    case '/': return () => { element('filter').focus(); };
    case '+':
    case '=': return () => { step(rate, 'up'); };
    case '-': return () => { step(rate, 'down'); };
    default: return undefined;
  }
}

/** Chooses the next rate as if by hand. */
function step(id: string, direction: 'up' | 'down'): void {
  const rate = element(id, HTMLSelectElement);
  const now = rate.value === 'max' ? Infinity : Number(rate.value);
  const next = nextRate(now, direction);
  if (next === now) return;
  rate.value = String(next);
  rate.dispatchEvent(new Event('change'));
}
