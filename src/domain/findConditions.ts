import { shown } from './shown.js';

/** A column that must hold one of some values for a row to be a fix. */
export interface Condition {
  readonly column: string;
  readonly values: readonly string[];
}

/** A condition, and where its column stands in a row, from 0. */
export interface FoundCondition extends Condition {
  readonly position: number;
}

/**
 * Finds the columns of conditions: by their names as they are, or else without regard to case and blanks around them.
 *
 * @throws Error if one is missing
 */
export function findConditions(header: readonly string[], conditions: readonly Condition[]): readonly FoundCondition[] {
  const plain = (name: string) => name.trim().toLowerCase();
  return conditions.map((condition) => {
    const exact = header.indexOf(condition.column);
    const position = exact >= 0 ? exact : header.findIndex((name) => plain(name) === plain(condition.column));
    if (position >= 0) return { ...condition, column: header[position]!, position };
    throw new Error(
      `the header has no column ${shown(condition.column)}, which --where names; it has ${header.map((name) => shown(name)).join(', ')}`,
    );
  });
}
