import type { FastifyReply, FastifyRequest } from 'fastify';
import { shown } from '../domain/shown.js';
import { DOCUMENT_TYPES, type DocumentFormat } from '../formats/DocumentFormat.js';
import { acceptedOf } from './acceptedOf.js';
import { HttpError } from './HttpError.js';
import { varyBy } from './varyBy.js';

export type AnswerFormat = 'json' | DocumentFormat;

const TYPES = Object.entries({ json: 'application/json', ...DOCUMENT_TYPES }).map(([name, type]) => ({
  name: name as AnswerFormat,
  type: type.split(';')[0]!,
}));

/**
 * The format of an answer: that of the parameter `format`, else the one that the header Accept prefers, which is JSON if it
 * has no preference. The reply says that it depends on that header.
 *
 * @throws HttpError 406 that lists what there is
 */
export function formatOf(
  { query: { format }, headers: { accept } }: FastifyRequest<{ Querystring: { readonly format?: AnswerFormat } }>,
  reply: FastifyReply,
): AnswerFormat {
  varyBy(reply, 'Accept');
  if (format !== undefined) return format;
  const accepted = acceptedOf(accept, TYPES.map(({ type }) => type));
  const found = TYPES.find(({ type }) => type === accepted);
  if (found) return found.name;
  const all = TYPES.map(({ name, type }) => `${type} (format=${name})`).join(', ');
  throw new HttpError(406, 'not-acceptable', `Accept ${shown(accept!)} matches none of the formats: ${all}`);
}
