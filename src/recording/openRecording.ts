import { stat } from 'node:fs/promises';
import type { Input } from './Input.js';
import type { OpenRecordingOptions, Recording } from './Recording.js';
import { sorted } from './order/sorted.js';
import { streamed } from './order/streamed.js';

/**
 * Opens a recording: CSV files of fixes in any order, of any size, one after the other.
 *
 * Reads all of it and sorts it. What fits into 128 MiB is held (24 bytes a fix and the text of its measures); what
 * is more is sorted in runs in a temporary file, and merged. If all of it turns out to be in arrival order
 * already, nothing is kept, and it is read once more while it is played. With `inOrder` it is streamed from its
 * first block on, as it comes.
 *
 * @throws FileError as `readInputs` does, or if there is no room for temporary files.
 */
export async function openRecording(input: string | readonly Input[], options: OpenRecordingOptions = {}): Promise<Recording> {
  const inputs = typeof input === 'string' ? [{ name: input }] : input;
  const sizes = await Promise.all(inputs.map(async ({ name, chunks }) => (chunks ? undefined : stat(name).catch(() => undefined))));
  const again = sizes.every((found) => found?.isFile());
  const size = sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
  const reading = () => (again ? { ...options, ...sharing(size, options.read) } : options);
  if (options.inOrder) return streamed(inputs, reading());
  return (await sorted(inputs, size, again, reading())) ?? (await sorted(inputs, size, false, reading()))!;
}

/** Tells which share of so many bytes has been read. */
function sharing(size: number, read: OpenRecordingOptions['read']) {
  let bytes = 0;
  return { taken: (more: number) => (bytes += more), read: (rows: number) => read?.(rows, Math.min(1, bytes / size)) };
}
