import { intoLines, type Recording, Sent, sentHeader, sentLines } from '../../index.js';
import { aborted } from '../interruption.js';
import type { Opened } from './Opened.js';
import type { SendSettings } from './sendSettings.js';

/** Standard output as the end of a run: a line for each fix. */
export async function openStdout(
  { format, onlyChanges }: SendSettings,
  { extra }: Pick<Recording, 'extra'>,
  signal: AbortSignal,
): Promise<Opened> {
  const sent = new Sent();
  const header = sentHeader(format, extra);
  if (header !== '') await write(Buffer.from(header));
  return {
    end: intoLines(sentLines(format, extra), write, { sent, onlyChanges, stop$: aborted(signal) }),
    sent,
    get bytes() {
      return sent.bytes;
    },
    reject: () => Promise.resolve(), // they are counted and reported
    close: () => Promise.resolve(),
  };
}

/** Resolves when standard output has taken them. If it fails, the program ends, as `main` says. */
function write(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(bytes, (error) => {
      if (!error) resolve();
    });
  });
}
