/** `undefined` if an error says that there is no such file. @throws the error if it says anything else */
export function ifMissing(error: unknown): undefined {
  if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT') throw error;
}
