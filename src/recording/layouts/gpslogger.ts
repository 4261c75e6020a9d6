import type { NamedLayout } from './NamedLayout.js';

/** https://gpslogger.app */
export const gpslogger: NamedLayout = {
  name: 'gpslogger',
  about: 'a CSV of GPSLogger for Android, its device named by the file',
  forms: [
    {
      columns: { device: '@file', latitude: 'lat', longitude: 'lon', event: 'time', arrival: '', speed: 'speed' },
      knownBy: ['elevation', 'accuracy', 'bearing', 'satellites', 'provider'],
      speedUnit: 'm/s',
    },
  ],
};
