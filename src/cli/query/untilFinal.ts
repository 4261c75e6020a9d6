import type { Asking } from './querySettings.js';

/** Whether it is final that there is no answer, to follow that; nothing if a log was asked. */
export function untilFinal({ final }: Pick<Asking, 'final'>): string {
  return final ? `; that ${final.isFinal ? 'is final' : 'may still change'}` : '';
}
