import { fixText } from '../fixText.js';
import { sentNames } from '../sentNames.js';
import type { Form } from './Form.js';

/** The JSON of lastfix: up to 500 fixes a request, a line each. */
export const lastfixForm: Form = {
  speedUnit: undefined,
  hasExtra: true,
  textOf: ({ extra }) => {
    const names = sentNames(extra);
    return (fix, place) => fixText(fix, names, place);
  },
  http: () => ({
    many: true,
    message: (parcels) => ({
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: parcels.map(({ text }) => `${text}\n`).join(''),
    }),
  }),
};
