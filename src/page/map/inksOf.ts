import type { Inks } from './Frame.js';

const NAMES = [
  'fresh',
  'ageing',
  'old',
  'land',
  'coast',
  'grid',
  'faint',
  'text',
  'halo',
  'chosen',
  'late',
  'elsewhere',
  'sea',
  'panel',
] as const;

/** The colours that the style gives as custom properties: `--fresh`, `--land`, ... */
export function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const inks = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...inks, isDark: matchMedia('(prefers-color-scheme: dark)').matches } as unknown as Inks;
}
