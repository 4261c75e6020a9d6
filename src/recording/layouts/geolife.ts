import type { NamedLayout } from './NamedLayout.js';

/** https://www.microsoft.com/en-us/research/publication/geolife-gps-trajectory-dataset-user-guide */
export const geolife: NamedLayout = {
  name: 'geolife',
  about: 'a trajectory of GeoLife (.plt of OziExplorer), its device given by --device',
  forms: [
    {
      columns: { latitude: 'latitude', longitude: 'longitude', event: 'date+time', arrival: '', speed: '' },
      skip: 6,
      header: ['latitude', 'longitude', 'reserved', 'altitude', 'days', 'date', 'time'],
    },
  ],
};
