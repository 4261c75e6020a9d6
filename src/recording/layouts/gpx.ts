import type { NamedLayout } from './NamedLayout.js';

const columns = { device: '@file', latitude: 'lat', longitude: 'lon', event: 'time', arrival: '' };

/** https://www.topografix.com/gpx.asp */
export const gpx: NamedLayout = {
  name: 'gpx',
  about: 'a GPX file, its device named by the file',
  format: 'gpx',
  forms: [{ columns: { ...columns, speed: 'speed' }, speedUnit: 'm/s' }, { columns: { ...columns, speed: '' } }],
};
