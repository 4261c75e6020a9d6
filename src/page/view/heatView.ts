import { combineLatest, defer, fromEvent, map, merge } from 'rxjs';
import type { Intent } from '../model/Intent.js';
import { count } from '../model/words.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** The switch of the heat of late fixes, and what its colours mean. */
export const heatView: View = ({ warm$, heat$ }) =>
  defer(() => {
    const [button, key, sum] = [element('heat'), element('heatKey'), element('heatSum')];
    return merge(
      shows(combineLatest([warm$, heat$]), ([warm, heat]) => {
        button.setAttribute('aria-pressed', String(warm));
        key.hidden = !warm;
        sum.textContent = heat === undefined ? 'being counted' : count(heat.sum);
      }),
      fromEvent(button, 'click').pipe(map((): Intent => ({ want: 'heat', heat: button.getAttribute('aria-pressed') !== 'true' }))),
    );
  });
