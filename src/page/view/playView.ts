import { combineLatest, fromEvent, map, merge, tap } from 'rxjs';
import { RATES } from '../../domain/nextRate.js';
import type { Intent } from '../model/Intent.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** Plays the view: play and pause, the changes before and after the moment, rate and loop. It steers no replay. */
export const playView: View = ({ view$, span$, moment$ }) => {
  const [back, play, next] = ['viewBack', 'viewPlay', 'viewNext'].map((id) => element(id, HTMLButtonElement)) as [
    HTMLButtonElement,
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  const rate = element('viewRate', HTMLSelectElement);
  const loop = element('viewLoop');
  for (const control of [back, play, next]) control.disabled = true; // until something has arrived
  rate.append(...RATES.map((value) => new Option(`${value}×`, String(value))));
  const clicked = (button: HTMLElement, intent: () => Intent) => fromEvent(button, 'click').pipe(map(intent));
  return merge(
    shows(view$, ({ playing, rate: now, loop: loops }) => {
      play.dataset['playing'] = String(playing);
      play.setAttribute('aria-label', playing ? 'Pause' : 'Play');
      play.title = playing ? 'Pause the view (space)' : 'Play the view (space)';
      if (document.activeElement !== rate) rate.value = String(now);
      loop.setAttribute('aria-pressed', String(loops));
    }),
    shows(combineLatest([span$, moment$]), ([{ first, newest }, { at }]) => {
      play.disabled = newest <= first;
      back.disabled = newest <= first || (at !== 'live' && at <= first);
      next.disabled = at === 'live' || at >= newest;
    }),
    clicked(back, () => ({ want: 'step', direction: 'back' })),
    clicked(next, () => ({ want: 'step', direction: 'forward' })),
    clicked(play, () => ({ want: 'play', playing: play.dataset['playing'] !== 'true' })),
    clicked(loop, () => ({ want: 'loop', loop: loop.getAttribute('aria-pressed') !== 'true' })),
    fromEvent(rate, 'change').pipe(
      map((): Intent => ({ want: 'rate', rate: Number(rate.value) })),
      tap(() => { rate.blur(); }),
    ),
  );
};
