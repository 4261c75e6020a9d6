import type { Position } from './Hold.js';
import type { StreamState } from './ReadStream.js';

/**
 * How a stream differs from what was read of it: it was made anew, it ends before what was read, another message is in the
 * place of one that was read, or messages are gone that were not read.
 */
export type Gap =
  | { readonly kind: 'anew' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'another' }
  | { readonly kind: 'purged'; readonly from: number; readonly to: number };

/** What of a stream is missing for who goes on after a position, as far as its state says. Each is silent by itself. */
export function gapIn({ created, seq, checked }: Position, state: StreamState): Gap | undefined {
  if (state.created !== created) return { kind: 'anew' };
  if (state.last < seq) return { kind: 'cut' };
  const read = Math.max(seq, checked);
  return state.first > read + 1 ? { kind: 'purged', from: read + 1, to: state.first - 1 } : undefined;
}
