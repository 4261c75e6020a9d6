import { fromEvent, map, merge, tap } from 'rxjs';
import { RATES } from '../../domain/nextRate.js';
import type { Intent } from '../model/Intent.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** Play, pause, the next fix and the rate; why not, where nothing can be steered. */
export const paceView: View = ({ status$ }) => {
  const play = element('play', HTMLButtonElement);
  const step = element('step', HTMLButtonElement);
  const rate = element('rate', HTMLSelectElement);
  const why = element('unsteerable');
  rate.append(...RATES.map(option), option('max'));
  const steer = (command: 'pause' | 'resume' | 'step'): Intent => ({ want: 'steer', command: { command } });
  return merge(
    shows(status$, ({ steerable, replaying, paused, rate: now }) => {
      for (const control of [play, step, rate]) control.disabled = !steerable;
      why.hidden = steerable;
      why.textContent = steerable ? '' : replaying ? 'This replay is not steered from here.' : 'No replay is running: nothing to steer.';
      play.textContent = paused ? 'Resume' : 'Pause';
      play.dataset['command'] = paused ? 'resume' : 'pause';
      const value = String(now ?? 1);
      const options = [...rate.options];
      if (!options.some((known) => known.value === value))
        rate.add(
          option(now!),
          options.findIndex((known) => known.value === 'max' || Number(known.value) > Number(value)),
        );
      if (document.activeElement !== rate) rate.value = value;
    }),
    fromEvent(play, 'click').pipe(map(() => steer(play.dataset['command'] === 'resume' ? 'resume' : 'pause'))),
    fromEvent(step, 'click').pipe(map(() => steer('step'))),
    fromEvent(rate, 'change').pipe(
      map((): Intent => ({ want: 'steer', command: { command: 'rate', rate: rate.value === 'max' ? 'max' : Number(rate.value) } })),
      tap(() => { rate.blur(); }),
    ),
  );
};

function option(rate: number | 'max'): HTMLOptionElement {
  return new Option(rate === 'max' ? 'max' : `${rate}×`, String(rate));
}
