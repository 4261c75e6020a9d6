import type { InFormName } from './IN_FORMS.js';

/** What JSON is: a form, or a type of message that has no fix. */
export type FormIn = { readonly form: InFormName } | { readonly type: string } | { readonly reason: string };

/** What Traccar forwards when a device was heard of without a position: its last one. */
const OUTDATED = 'outdated';

/** Tells by its keys in which form JSON is. */
export function formIn(fields: ReadonlyMap<string, string>): FormIn {
  const type = fields.get('_type');
  if (type === 'encrypted') return { reason: 'it is encrypted: take the secret key out of the settings of OwnTracks' };
  if (type !== undefined) return type === 'location' ? { form: 'owntracks' } : { type };
  if (has(fields, 'position.latitude', 'position.fixTime', 'device.uniqueId'))
    return fields.get('position.outdated') === 'true' ? { type: OUTDATED } : { form: 'traccar' };
  return { form: has(fields, 'location.coords.latitude', 'location.timestamp') ? 'client' : 'lastfix' };
}

function has(fields: ReadonlyMap<string, string>, ...keys: readonly string[]): boolean {
  return keys.some((key) => fields.has(key));
}
