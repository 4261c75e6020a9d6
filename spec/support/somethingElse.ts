import { stat } from 'node:fs/promises';

/** Does other things with other files, so that whatever is under way in the background comes about. */
export async function somethingElse(): Promise<void> {
  for (let i = 0; i < 50; i++) await stat('.');
}
