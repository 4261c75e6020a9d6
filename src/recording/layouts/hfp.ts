import type { NamedLayout } from './NamedLayout.js';

/** https://digitransit.fi/en/developers/apis/5-realtime-api/vehicle-positions/high-frequency-positioning */
export const hfp: NamedLayout = {
  name: 'hfp',
  about: 'positions of public transport in Helsinki, stored as CSV',
  forms: [
    {
      columns: { device: 'unique_vehicle_id', latitude: 'lat', longitude: 'long', event: 'tst', arrival: 'received_at', speed: 'spd' },
      speedUnit: 'm/s',
    },
  ],
};
