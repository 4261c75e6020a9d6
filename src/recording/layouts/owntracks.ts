import type { NamedLayout } from './NamedLayout.js';

/** https://owntracks.org/booklet/tech/json */
export const owntracks: NamedLayout = {
  name: 'owntracks',
  about: 'what the OwnTracks recorder exports',
  forms: [
    {
      columns: { device: 'username+device', latitude: 'lat', longitude: 'lon', event: 'isotst', arrival: 'isorcv', speed: 'vel' },
      speedUnit: 'km/h',
    },
  ],
};
