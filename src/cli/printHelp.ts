import { fitted } from './text/fitted.js';

/** Prints a help text, on a terminal as wide as that is. */
export function printHelp(help: string): void {
  const { isTTY, columns } = process.stdout;
  process.stdout.write(isTTY && columns > 0 ? fitted(help, columns) : help);
}
