const SILENT = 300e6; // µs

/** Whether so long was nothing heard between two fixes that no line tells where the device went. */
export const isGap = (before: { readonly event: number }, after: { readonly event: number }): boolean =>
  after.event - before.event > SILENT;
