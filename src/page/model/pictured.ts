import { combineLatest, distinctUntilChanged, distinctUntilKeyChanged, EMPTY, map, share, switchMap, type Observable } from 'rxjs';
import type { AskFleet } from '../api/Server.js';
import { answers } from './answers.js';
import { kept } from './kept.js';
import { oneAtATime } from './oneAtATime.js';
import { orTrouble, type Trouble } from './orTrouble.js';
import { pastFleet } from './pastFleet.js';
import type { Picture } from './Picture.js';
import type { Viewing } from './viewing.js';

export interface PicturedInputs extends Pick<Viewing, 'view$' | 'played$'> {
  readonly live$: Observable<Picture>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$: Observable<unknown>;
}

/** The fleet that is looked at; shared. */
export interface Pictured {
  readonly picture$: Observable<Picture>;
  readonly past$: Observable<{ readonly picture: Picture } | Trouble>;
}

/** The fleet that a view looks at: as it is, as of a moment, or as it plays. */
export function pictured({ view$, played$, live$, reset$ }: PicturedInputs, askFleet: AskFleet): Pictured {
  const turn$ = view$.pipe(distinctUntilKeyChanged('turn'), kept());
  const past$ = combineLatest([turn$, reset$]).pipe(
    oneAtATime(([{ at, by, playing }]) =>
      at === 'live' || playing ? EMPTY : orTrouble(pastFleet(at, by, askFleet).pipe(map((picture) => ({ picture })))),
    ),
    share(),
  );
  const picture$ = turn$.pipe(
    map(({ at, playing }) => (playing ? 'played' : at === 'live' ? 'live' : 'past')),
    distinctUntilChanged(),
    switchMap((kind) => (kind === 'live' ? live$ : (kind === 'past' ? past$ : played$).pipe(answers('picture')))),
    kept(),
  );
  return { picture$, past$ };
}
