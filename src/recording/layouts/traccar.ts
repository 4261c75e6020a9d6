import type { NamedLayout } from './NamedLayout.js';

/** https://www.traccar.org */
export const traccar: NamedLayout = {
  name: 'traccar',
  about: "Traccar: its table of positions, an export of a device, or a report, whose device is given by --device",
  forms: [
    {
      columns: {
        device: 'deviceId',
        latitude: 'latitude',
        longitude: 'longitude',
        event: 'fixTime',
        arrival: 'serverTime',
        speed: 'speed',
      },
      speedUnit: 'kn',
    },
    {
      columns: { latitude: 'Latitude', longitude: 'Longitude', event: 'Time', arrival: '', speed: 'Speed' },
      knownBy: ['Valid', 'Altitude', 'Address', 'Attributes'],
    },
  ],
};
