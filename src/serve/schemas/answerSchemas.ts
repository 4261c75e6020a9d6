import { DOCUMENT_TYPES } from '../../formats/DocumentFormat.js';
import { ref, text } from './shapes.js';

/** An answer that is JSON. */
export const json = (name: string, description: string) => ({ description, content: { 'application/json': { schema: ref(name) } } });

/** A JSON answer, or the same as a document: what `lastfix query --format` prints. */
export const jsonOrDocument = (name: string, description: string) => ({
  description: `${description}. A document has no \`final_until\`: that of the status holds for it, if that is asked first`,
  content: {
    'application/json': { schema: ref(name) },
    ...Object.fromEntries(
      Object.values(DOCUMENT_TYPES).map((type) => [
        type.split(';')[0]!,
        { schema: type === DOCUMENT_TYPES.geojson ? ref('FeatureCollection') : text },
      ]),
    ),
  },
});

/** The failures of every route. */
export const failures = Object.fromEntries(
  Object.entries({
    400: 'A wrong value, one that is not known, or no HTTP',
    401: 'The token is missing, or is another',
    405: 'Another method is needed, which the header Allow names',
    408: 'The request did not come in time',
    417: 'Something else is expected than an answer',
    421: 'Another host is asked for',
    431: 'The address and the headers are too long',
    500: 'A fault in lastfix',
    503: 'The log cannot be read, or there are too many clients',
  }).map(([status, why]) => [status, json('Failure', why)]),
);
export const notFound = {
  404: json('NothingKnown', 'An unknown device, one that is known only later, or a fix that is too old: `error` is unknown, later or too-old'),
};
export const notAcceptable = { 406: json('Failure', 'Accept matches none of the formats that the message lists') };
