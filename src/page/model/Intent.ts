import type { Instant } from '../../domain/instant.js';
import type { Clock, Command } from '../api/served.js';

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
  | { readonly want: 'near' };

export type Direction = 'back' | 'forward';
