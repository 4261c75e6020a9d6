/** How many runs of a property to do: as many as given, times `LASTFIX_RUNS`, for a thorough search. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil(count * Number(process.env['LASTFIX_RUNS'] ?? 1)) };
}
