import { filter, type OperatorFunction } from 'rxjs';
import type { Intent } from './Intent.js';

/** Of all that a person wants, that of one kind. */
export const wants = <W extends Intent['want']>(want: W): OperatorFunction<Intent, Extract<Intent, { readonly want: W }>> =>
  filter((intent): intent is Extract<Intent, { readonly want: W }> => intent.want === want);
