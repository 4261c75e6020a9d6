/** What another system knows its sender by. */
export interface Credentials {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** In place of the two. */
  readonly token?: string | undefined;
}
