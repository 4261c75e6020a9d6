/** A text without the zeros that a file system may leave, where a power cut kept it from writing. */
export function withoutZeros(text: string): string {
  return text.replaceAll('\0', '');
}
