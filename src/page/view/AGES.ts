import { AGEING, FRESH } from '../model/freshness.js';
import type { Freshness } from '../model/freshness.js';
import { lasting } from '../model/words.js';

/** How each age is told: by a sign, in words, and by colour. */
export const AGES: Readonly<Record<Freshness, { readonly sign: string; readonly words: string }>> = {
  fresh: { sign: '▲', words: `fresh: under ${lasting(FRESH)}` },
  ageing: { sign: '△', words: `ageing: under ${lasting(AGEING)}` },
  old: { sign: '◇', words: 'old: longer ago' },
};
