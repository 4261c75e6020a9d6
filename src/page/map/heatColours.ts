import type { Inks } from './Frame.js';
import { rgbOf } from './rgbOf.js';

const STEPS = 64;
const CONTRAST = 1.25;
/** How opaque the coldest and the warmest are: signs are still to be told from what is below them. */
const [FAINT, STRONG] = [0.1, 0.5];

/** The colours of a density, from little to much, as pixels of an image: from that of ageing to that of late fixes. */
export function heatColours({ ageing, late }: Inks): Uint32Array {
  const bytes = new Uint8ClampedArray(STEPS * 4);
  const [cold, warm] = [rgbOf(ageing), rgbOf(late)];
  for (let i = 0; i < STEPS; i++) {
    const share = (i / (STEPS - 1)) ** CONTRAST;
    for (let part = 0; part < 3; part++) bytes[4 * i + part] = cold[part]! + (warm[part]! - cold[part]!) * share;
    bytes[4 * i + 3] = i === 0 ? 0 : 255 * (FAINT + (STRONG - FAINT) * share);
  }
  return new Uint32Array(bytes.buffer);
}
