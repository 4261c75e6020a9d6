import type { Box } from '../map/sidesCovered.js';

/** Where elements are that lie over another and are shown, in px from its upper left corner. */
export function boxesOver(below: Element, over: readonly Element[]): readonly Box[] {
  const { left: x, top: y } = below.getBoundingClientRect();
  return over
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ left, top, right, bottom }) => ({ left: left - x, top: top - y, right: right - x, bottom: bottom - y }));
}
