import type { NamedLayout } from './NamedLayout.js';

/** https://opensky-network.org/data/scientific */
export const opensky: NamedLayout = {
  name: 'opensky',
  about: 'state vectors of the OpenSky Network',
  forms: [
    {
      columns: { device: 'icao24', latitude: 'lat', longitude: 'lon', event: 'lastposupdate', arrival: 'lastcontact', speed: 'velocity' },
      speedUnit: 'm/s',
    },
  ],
};
