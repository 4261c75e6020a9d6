import type { Instant } from '../../domain/instant.js';
import type { Clock, Command } from '../api/served.js';

/** What a person wants of the page. */
export type Intent =
  | { readonly want: 'device'; readonly device: string | undefined }
  | { readonly want: 'moment'; readonly at: Instant | 'live'; readonly by?: Clock }
  | { readonly want: 'clock'; readonly by: Clock }
  | { readonly want: 'steer'; readonly command: Command }
  | { readonly want: 'reach'; readonly minutes: number }
  | { readonly want: 'near' };
