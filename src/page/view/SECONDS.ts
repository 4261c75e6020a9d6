/** Seconds between the ticks of an axis of time. */
export const SECONDS: readonly number[] = [
  1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
];
