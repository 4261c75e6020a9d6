/** A stream does not answer for the moment. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
  /** Whether that was said already. */
  readonly isSaid: boolean;

  constructor(message: string, isSaid: boolean, options?: ErrorOptions) {
    super(message, options);
    this.isSaid = isSaid;
  }
}
