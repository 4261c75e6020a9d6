/** Elements that only hold others: `extensions`, and those that programs have put into it. */
const HOLDS = /^extensions$|Extensions?$/;

/** The name of the column of an element in a point, by the way there: `ele`, `speed`, `link.href`. */
export function columnOf(path: readonly string[]): string {
  return path.filter((name) => !HOLDS.test(name)).join('.') || path.join('.');
}
