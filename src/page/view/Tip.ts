import type { Instant } from '../../domain/instant.js';
import type { Hit } from '../map/FleetMap.js';
import { factsOf } from '../model/factsOf.js';
import type { Zone } from '../model/words.js';
import { pair } from './pair.js';

const KINDS = { device: '', late: 'late fix (earlier position)', track: 'on its track' } as const;
const APART = 14; // px from the pointer

/** The words beside the pointer that say what is under it. */
export class Tip {
  constructor(private readonly place: HTMLElement) {}

  show(
    hit: Hit | undefined,
    point: { readonly x: number; readonly y: number } | undefined,
    moment: { readonly zone: Zone; readonly at: Instant; readonly unit: string },
  ): void {
    const { place } = this;
    place.hidden = hit === undefined || point === undefined;
    if (hit === undefined || point === undefined) return;
    const title = document.createElement('strong');
    title.textContent = hit.fix.device;
    const kind = document.createElement('span');
    kind.className = 'hint';
    kind.textContent = KINDS[hit.kind];
    const facts = document.createElement('dl');
    facts.className = 'facts';
    facts.append(...factsOf(hit.fix, moment).map(([name, value]) => pair(name, value)));
    place.replaceChildren(title, kind, facts);
    const { clientWidth: width, clientHeight: height } = place.parentElement!;
    const left = point.x + APART + place.offsetWidth > width ? point.x - APART - place.offsetWidth : point.x + APART;
    const top = Math.min(point.y + APART, height - place.offsetHeight - 4);
    place.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }
}
