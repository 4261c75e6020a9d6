import type { FastifyError, FastifyRequest } from 'fastify';
import { shown } from '../domain/shown.js';

/** What is wrong with a request that does not follow its schema: the first parameter that does not, its value, and what would be right. */
export function invalid({ validation, validationContext }: FastifyError, { query, body, params: path }: FastifyRequest): string {
  const { instancePath = '', message = '', params = {} } = validation?.[0] ?? {};
  const { additionalProperty, missingProperty, allowedValues } = params;
  const see = 'see /api/openapi.json';
  if (typeof additionalProperty === 'string') return `there is no parameter ${shown(additionalProperty)}: ${see}`;
  if (typeof missingProperty === 'string') return `${missingProperty} is missing: ${see}`;
  const name = instancePath.slice(1);
  if (name === '') return `the ${validationContext ?? 'request'} ${message}: ${see}`;
  const all = (validationContext === 'body' ? body : validationContext === 'params' ? path : query) as Readonly<Record<string, unknown>>;
  return `${name} ${shown(String(all[name]))} ${Array.isArray(allowedValues) ? `is not one of ${allowedValues.join(', ')}` : message}: ${see}`;
}
