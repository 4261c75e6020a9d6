import type { NamedLayout } from './NamedLayout.js';

/** https://aisdata.ais.dk */
export const aisdk: NamedLayout = {
  name: 'aisdk',
  about: 'AIS of the Danish Maritime Authority',
  forms: [
    {
      columns: { device: 'MMSI', latitude: 'Latitude', longitude: 'Longitude', event: '"# Timestamp"', arrival: '', speed: 'SOG' },
      times: { event: ['dd/MM/yyyy HH:mm:ss'] },
      speedUnit: 'kn',
      unknownSpeeds: [102.3],
    },
  ],
};
