import type { Status } from '../api/served.js';

/** Whether a log is being written: as the server says; where it cannot know, or has not said it yet, by whether the log grows. */
export function isRunning(status: Pick<Status, 'replaying' | 'writing'> | undefined, grows: boolean): boolean {
  return status?.replaying === true || (status?.writing ?? grows);
}
