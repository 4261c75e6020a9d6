import { combineLatest, map, merge, startWith, switchMap, timer, type Observable } from 'rxjs';
import { count } from '../model/words.js';
import { element } from './element.js';
import { say } from './say.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const TROUBLE_STAYS = 8000; // ms

/** The line at the top: what is served, how far it is, and whether the server is there. */
export const headView: View = ({ status$, lost$, trouble$, calm$, isRunning$ }) => {
  const [lamp, state, trouble] = [element('lamp'), element('state'), element('trouble')];
  const told$: Observable<string> = trouble$.pipe(
    switchMap((text) => timer(0, TROUBLE_STAYS).pipe(map((round) => (round === 0 ? text : '')))),
  );
  return merge(
    shows(status$, ({ output, changes, late, figures }) => {
      element('source').textContent = output;
      element('changes').textContent = count(changes);
      element('late').textContent = count(late);
      const latency = figures?.end_to_end_ms;
      element('latency').parentElement!.hidden = figures === null;
      element('latency').textContent = latency ? `${Math.round(latency.p99)} ms` : '–';
    }),
    shows(calm$, ({ vehicles }) => { say(element('devices'), count(vehicles.size)); }),
    shows(combineLatest([status$, lost$.pipe(startWith(undefined)), isRunning$]), ([{ replaying, paused }, lost, isRunning]) => {
      const [kind, words] =
        lost === undefined
          ? ['waiting', 'connecting']
          : lost
            ? ['lost', 'server lost, trying again']
            : runs(replaying, Boolean(paused), isRunning);
      lamp.dataset['kind'] = kind;
      state.textContent = words;
    }),
    shows(told$, (text) => {
      trouble.hidden = text === '';
      trouble.textContent = text;
    }),
  );
};

/** How the log is: its sign, and in words. */
function runs(replaying: boolean, paused: boolean, isRunning: boolean): readonly [kind: string, words: string] {
  if (replaying) return paused ? ['paused', 'replay paused'] : ['live', 'replaying'];
  return isRunning ? ['live', 'following the log'] : ['finished', 'finished'];
}
