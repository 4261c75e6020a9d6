import { fileURLToPath } from 'node:url';

/** The recording that comes with lastfix, as deep above the compiled sources as above the bundle. */
export const ONE_MINUTE = fileURLToPath(new URL('../../../fixtures/minute.csv', import.meta.url));
