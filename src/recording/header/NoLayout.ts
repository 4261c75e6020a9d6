/** What is wrong with a header by which its file cannot be read. */
export class NoLayout extends Error {
  override readonly name = 'NoLayout';
}
