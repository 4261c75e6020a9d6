/** Awaits what is given up with the reason of a signal when that is aborted; `undefined` if it was. @throws what it fails with otherwise */
export async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  }
}
