import type { Instant } from '../../domain/instant.js';
import type { Clock } from '../api/served.js';
import type { Intent } from './Intent.js';

/** Which moment is looked at, by which clock, and how the view plays. */
export interface View {
  /** While it plays, where it began to. */
  readonly at: Instant | 'live';
  readonly by: Clock;
  readonly playing: boolean;
  /** Stream time per time. */
  readonly rate: number;
  readonly loop: boolean;
  /** How often the view has begun anew, at another moment or by another clock. */
  readonly turn: number;
}

/** Where the view stands by now, and where the recording begins. */
export interface Standing {
  readonly at: Instant | 'live';
  readonly first: Instant | undefined;
}

export type ViewIntent =
  Extract<Intent, { readonly want: 'moment' | 'seek' | 'clock' | 'play' | 'rate' | 'loop' }> | { readonly want: 'ended' };

/** The view that a wish makes of one; the same if nothing changes. Playing from the newest begins with the first. */
export function nextView(view: View, intent: ViewIntent, { at: standing, first }: Standing): View {
  switch (intent.want) {
    case 'moment': {
      const by = intent.by ?? view.by;
      if (!view.playing && intent.at === view.at && by === view.by) return view;
      return { ...view, at: intent.at, by, playing: view.playing && intent.at !== 'live', turn: view.turn + 1 };
    }
    case 'seek':
      return { ...view, at: intent.fix[view.by], turn: view.turn + 1 };
    case 'clock':
      return intent.by === view.by ? view : { ...view, at: standing, by: intent.by, turn: view.turn + 1 };
    case 'play': {
      const at = intent.playing && standing === 'live' ? first : standing;
      if (intent.playing === view.playing || at === undefined) return view;
      return { ...view, at, playing: intent.playing, turn: view.turn + 1 };
    }
    case 'ended':
      return { ...view, at: 'live', playing: false, turn: view.turn + 1 };
    case 'rate':
      return { ...view, rate: intent.rate };
    case 'loop':
      return { ...view, loop: intent.loop };
  }
}
