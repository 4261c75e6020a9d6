/** `12,345`. */
export function count(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3}){1,7}$)/g, ','); // Intl would take a tenth of the time of a question to load
}

/** `1 fix`, `2 fixes`, `12,345 rows`; of several it is the word with an s, unless another is given. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : several}`;
}
