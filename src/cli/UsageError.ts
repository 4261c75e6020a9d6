/** The command line asks for something that lastfix does not understand: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
