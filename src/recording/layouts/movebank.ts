import type { NamedLayout } from './NamedLayout.js';

const columns = {
  device: 'individual-local-identifier',
  latitude: 'location-lat',
  longitude: 'location-long',
  event: 'timestamp',
  arrival: '',
};

/** https://www.movebank.org/cms/movebank-content/movebank-attribute-dictionary */
export const movebank: NamedLayout = {
  name: 'movebank',
  about: 'a download from Movebank',
  forms: [{ columns: { ...columns, speed: 'ground-speed' }, speedUnit: 'm/s' }, { columns: { ...columns, speed: '' } }],
};
