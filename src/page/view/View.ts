import type { Observable } from 'rxjs';
import type { Intent } from '../model/Intent.js';
import type { Shown } from '../model/Shown.js';

/** Shows something of the model while it is subscribed to, and emits what a person wants. `intent$` is what all views emit. */
export type View = (model: Shown, intent$: Observable<Intent>) => Observable<Intent>;
