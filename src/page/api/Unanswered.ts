/** Nobody answered a question: the server has ended, or the way to it is broken. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}
