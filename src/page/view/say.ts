/** Has an element say something. A text that it has is changed, and not replaced: what is laid out stays in place. */
export function say(place: Element, words: string): void {
  const text = place.childNodes.length === 1 ? place.firstChild : null;
  if (!(text instanceof Text)) place.textContent = words;
  else if (text.data !== words) text.data = words;
}
