import type { NamedLayout } from './NamedLayout.js';

/** NMEA 0183. */
export const nmea: NamedLayout = {
  name: 'nmea',
  about: 'a log of NMEA 0183 sentences, its device named by the file',
  format: 'nmea',
  forms: [
    { columns: { device: '@file', latitude: 'lat', longitude: 'lon', event: 'time', arrival: '', speed: 'speed' }, speedUnit: 'kn' },
  ],
};
