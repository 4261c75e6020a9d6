/** Resolves when every promise has run on that does not wait for the world outside. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
