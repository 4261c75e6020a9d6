import type { NamedLayout } from './NamedLayout.js';

/** https://gtfs.org/documentation/realtime/reference */
export const gtfsRt: NamedLayout = {
  name: 'gtfs-rt',
  about: 'vehicle positions of GTFS-realtime feeds, stored as CSV',
  forms: [
    {
      columns: {
        device: 'vehicle_id',
        latitude: 'latitude',
        longitude: 'longitude',
        event: 'timestamp',
        arrival: 'feed_timestamp',
        speed: 'speed',
      },
      speedUnit: 'm/s',
    },
  ],
};
