/**
 * A request that cannot be answered: `error` is a word for programs, the message says what, which value, and what would be right;
 * `told` is what the answer says besides.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly statusCode: number,
    readonly error: string,
    message: string,
    readonly told: object = {},
  ) {
    super(message);
  }
}
