import { LOG_COLUMNS } from '../../domain/columns.js';
import type { NamedLayout } from './NamedLayout.js';

/** https://github.com/lastfix/lastfix */
export const lastfix: NamedLayout = {
  name: 'lastfix',
  about: 'a log that lastfix wrote, or its late file',
  forms: [{ columns: LOG_COLUMNS }],
};
