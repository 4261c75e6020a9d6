import type { Fix } from '../../src/domain/fix.js';

/** A fix of a device, somewhere; instants in µs. */
export const fix = (device: string, given: Partial<Fix> & Pick<Fix, 'event'>): Fix => ({
  device,
  arrival: given.event,
  latitude: '52.5',
  longitude: '13.4',
  speed: '',
  extra: [],
  ...given,
});
