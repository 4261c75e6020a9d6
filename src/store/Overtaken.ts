/** Thrown within a commit whose position somebody else has moved meanwhile: what is committed with it is theirs now. */
export class Overtaken extends Error {
  override readonly name: string = 'Overtaken';
}
