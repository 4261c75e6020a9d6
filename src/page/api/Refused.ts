/** The server answered that it cannot: `error` is its word for programs, if it gave one. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly error: string | undefined, message: string) {
    super(message);
  }
}
