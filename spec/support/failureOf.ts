/** What a promise is rejected with; that it is not is an error. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (failure) {
    return failure as Error;
  }
  throw new Error('it did not fail');
}
