/** A number as JSON: as one if that gives its text back to whoever reads it as a double, else as a text. */
export function numberText(text: string): string {
  return String(Number(text)) === text ? text : JSON.stringify(text);
}
