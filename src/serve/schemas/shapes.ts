/** The shapes of which the schemas are made. */
export const text = { type: 'string' } as const;
export const number = { type: 'number' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const flag = { type: 'boolean' } as const;
export const time = { type: 'string', description: 'UTC, to the microsecond: 2021-10-23T12:30:03.385959Z' } as const;
export const final_until = {
  type: ['string', 'null'],
  description:
    'All fixes that arrived up to this moment are here, so that answers up to it are final; null if that is not known, as for a log',
} as const;

/** What may be null, too. */
export const nullable = (schema: object) => ({ oneOf: [schema, { type: 'null' }] });
export const listOf = (items: object) => ({ type: 'array', items });
/** A component, by its name. */
export const ref = (name: string) => ({ $ref: `${name}#` });

/** An object with these properties, all of them, and no others. */
export const object = (properties: Readonly<Record<string, unknown>>, description?: string) => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** An object with any of these properties, and no others. */
export const optional = (properties: Readonly<Record<string, unknown>>) => ({ type: 'object', properties, additionalProperties: false });
