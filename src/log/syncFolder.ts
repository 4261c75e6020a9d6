import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { platform } from 'node:process';
import { FileError } from '../csv/FileError.js';

/** Has the names in the folder of a file reach the disk: what was made, renamed and removed in it. */
export async function syncFolder(path: string): Promise<void> {
  if (platform === 'win32') return; // opens no folders, and keeps names without being asked
  const folder = dirname(path);
  const handle = await FileError.attempt('sync', folder, open(folder));
  try {
    await FileError.attempt('sync', folder, handle.sync());
  } finally {
    await handle.close();
  }
}
