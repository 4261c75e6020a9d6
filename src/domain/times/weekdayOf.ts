const DAY = 86_400_000_000;

/** The day of the week of a moment of the wall, from 0 for Sunday: 1970 began on a Thursday. */
export function weekdayOf(wall: number): number {
  return (((Math.floor(wall / DAY) + 4) % 7) + 7) % 7;
}
