import type { NamedLayout } from './NamedLayout.js';

const speeds = { speedUnit: 'kn', unknownSpeeds: [102.3] } as const;

/** https://hub.marinecadastre.gov/pages/vesseltraffic */
export const marinecadastre: NamedLayout = {
  name: 'marinecadastre',
  about: 'AIS of the United States, by year',
  forms: [
    { columns: { device: 'MMSI', latitude: 'LAT', longitude: 'LON', event: 'BaseDateTime', arrival: '', speed: 'SOG' }, ...speeds },
    {
      columns: { device: 'mmsi', latitude: 'latitude', longitude: 'longitude', event: 'base_date_time', arrival: '', speed: 'sog' },
      ...speeds,
    },
  ],
};
