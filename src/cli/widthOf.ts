import measured from 'fast-string-truncated-width';

/** How many columns of a terminal a text takes: two for a wide character, none for one that joins the one before it. */
export function widthOf(text: string): number {
  return measured(text).width;
}
