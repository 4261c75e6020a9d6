import type { Reading } from '../../index.js';
import { listed } from '../../domain/listed.js';

/** In which zones the times of a clock were read that name none: of several inputs, of each of their layouts. */
export function zonesOf(readings: readonly Reading[], clock: 'event' | 'arrival'): string {
  return listed([...new Set(readings.map(({ layout }) => layout.zone?.[clock] ?? 'UTC'))]);
}
