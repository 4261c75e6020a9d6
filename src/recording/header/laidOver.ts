import type { Layout } from '../../domain/Layout.js';

/** A layout with what is said beside it: that goes before. */
export function laidOver(layout: Layout, given: Layout): Layout {
  const merged = <K extends 'columns' | 'times' | 'zone'>(key: K) =>
    layout[key] || given[key] ? { [key]: { ...layout[key], ...given[key] } } : {};
  return { ...layout, ...given, ...merged('columns'), ...merged('times'), ...merged('zone') };
}
