import type { IncomingHttpHeaders } from 'node:http';
import { shown } from '../../domain/shown.js';
import { HttpError } from '../../serve/HttpError.js';

const JSON_TYPES = ['application/json', 'text/json', 'text/plain'];
const LINE_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/x-jsonlines', 'application/json-lines'];
const FORM = 'application/x-www-form-urlencoded';

/** What the type of a body says. */
export type BodyKind = 'json' | 'lines' | 'form';

/** What a body is by its headers. @throws HttpError for what is not understood */
export function checkKind({ 'content-type': type = JSON_TYPES[0]!, 'content-encoding': coding = 'identity' }: IncomingHttpHeaders): BodyKind {
  if (coding !== 'identity') throw new HttpError(415, 'unsupported', `a body in ${shown(coding)} is not supported: send it uncompressed`);
  const [name = ''] = type.toLowerCase().split(';', 1);
  const word = name.trim();
  if (word === FORM) return 'form';
  if (LINE_TYPES.includes(word)) return 'lines';
  if (JSON_TYPES.includes(word)) return 'json';
  throw new HttpError(415, 'unsupported', `a body of the type ${shown(type)} is not supported: send ${JSON_TYPES[0]!}, ${LINE_TYPES[0]!} or ${FORM}`);
}
