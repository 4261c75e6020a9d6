import type { NamedLayout } from './NamedLayout.js';

/** https://www.microsoft.com/en-us/research/publication/t-drive-trajectory-data-sample */
export const tDrive: NamedLayout = {
  name: 't-drive',
  about: 'taxis of T-Drive, in the time of Beijing',
  forms: [
    {
      columns: { device: 'taxi', latitude: 'latitude', longitude: 'longitude', event: 'datetime', arrival: '', speed: '' },
      header: ['taxi', 'datetime', 'longitude', 'latitude'],
      zone: { event: 'Asia/Shanghai' },
    },
  ],
};
