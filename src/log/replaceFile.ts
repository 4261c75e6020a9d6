import { LineFile } from './LineFile.js';
import { syncFolder } from './syncFolder.js';

/** Writes a small file all at once; if it is to be `durable`, it has reached the disk then. @throws FileError if it cannot. */
export async function replaceFile(path: string, text: string, durable: boolean): Promise<void> {
  const file = await LineFile.create(path);
  try {
    await file.append([text]);
    if (durable) await file.sync();
    await file.publish();
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.close();
  if (durable) await syncFolder(path);
}
