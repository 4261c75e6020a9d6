import { lastfixForm } from './lastfixForm.js';
import { osmandForm } from './osmandForm.js';
import { owntracksForm } from './owntracksForm.js';
import { traccarForm } from './traccarForm.js';

/** The forms in which other systems take fixes, by their names. */
export const FORMS = { lastfix: lastfixForm, osmand: osmandForm, traccar: traccarForm, owntracks: owntracksForm } as const;

export type FormName = keyof typeof FORMS;
