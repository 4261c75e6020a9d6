import type { Box } from '../../domain/Grid.js';
import type { Instant } from '../../domain/instant.js';
import type { Clock, Command } from '../api/served.js';
import type { Look } from './parseLink.js';
import type { Sighting } from './Sighting.js';
import type { Stretch } from './Stretch.js';
import type { Zone } from './words.js';

/** What a person wants of the page. */
export type Intent =
  | { readonly want: 'device'; readonly device: string | undefined }
  | { readonly want: 'moment'; readonly at: Instant | 'live'; readonly by?: Clock }
  | { readonly want: 'clock'; readonly by: Clock }
  /** To play the view, or to hold it. */
  | { readonly want: 'play'; readonly playing: boolean }
  | { readonly want: 'rate'; readonly rate: number }
  | { readonly want: 'loop'; readonly loop: boolean }
  /** The view at the next change, or at the one before. */
  | { readonly want: 'step'; readonly direction: Direction }
  /** To steer a running replay. */
  | { readonly want: 'steer'; readonly command: Command }
  | { readonly want: 'reach'; readonly minutes: number }
  | { readonly want: 'near' }
  /** The map to keep the chosen device in its middle. */
  | { readonly want: 'follow'; readonly follow: boolean }
  /** The map at a place, where somebody moved it or a link leads; the whole fleet without one. */
  | { readonly want: 'look'; readonly look: Look | undefined }
  /** To see where late fixes were. */
  | { readonly want: 'heat'; readonly heat: boolean }
  /** The part of the map that is seen, which nobody wants: what is shown there depends on it. */
  | { readonly want: 'sight'; readonly sight: Sight }
  /** To see what a fix is, on the map and in the chart. */
  | { readonly want: 'point'; readonly fix: Sighting | undefined }
  /** The view at the moment of a fix, by the clock in force. */
  | { readonly want: 'seek'; readonly fix: Sighting }
  /** The map at both places of a device that is displaced. */
  | { readonly want: 'both'; readonly fixes: readonly Sighting[] }
  /** The slider and the charts over a stretch; over all of the recording without one. */
  | { readonly want: 'zoom'; readonly stretch: Stretch | undefined }
  /** The same moment marked on the slider and in all charts. */
  | { readonly want: 'hover'; readonly at: Instant | undefined }
  | { readonly want: 'zone'; readonly zone: Zone }
  /** To save a picture of the map. */
  | { readonly want: 'picture' }
  /** To say what went wrong. */
  | { readonly want: 'tell'; readonly trouble: string };

/** A part of the map in degrees, its west greater than its east over the date line, and its size in px. */
export interface Sight extends Box {
  readonly width: number;
  readonly height: number;
}

export type Direction = 'back' | 'forward';
