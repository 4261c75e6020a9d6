import { fromEvent, map, merge, tap } from 'rxjs';
import { RATES } from '../../domain/nextRate.js';
import type { Intent } from '../model/Intent.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** Steers a running replay: play, pause, the next fix and the rate. Not seen where no replay can be steered. */
export const paceView: View = ({ status$ }) => {
  const [play, step, rate] = [element('play', HTMLButtonElement), element('step'), element('rate', HTMLSelectElement)];
  rate.append(...RATES.map(option), option('max'));
  const steer = (command: 'pause' | 'resume' | 'step'): Intent => ({ want: 'steer', command: { command } });
  return merge(
    shows(status$, ({ steerable, paused, rate: now }) => {
      element('replay').hidden = !steerable;
      play.textContent = paused ? 'Resume' : 'Pause';
      play.title = `${paused ? 'Resume' : 'Pause'} the replay (space)`;
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
