/** How many ports are tried. */
const ATTEMPTS = 100;
const LAST = 65_535;

/**
 * Listens on a port, or on the next one that is free if it is taken.
 *
 * @throws what `listen` does, other than `EADDRINUSE`, and that when 100 ports are taken
 */
export async function firstFreePort(listen: (port: number) => Promise<unknown>, first: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await listen(port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port + 1 === first + ATTEMPTS || port === LAST) throw error;
    }
  }
}
