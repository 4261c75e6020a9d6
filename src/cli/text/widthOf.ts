import measured from 'fast-string-truncated-width';

const USUAL = /^[ -~]*$/;

/** How many columns of a terminal a text takes: two for a wide character, none for one that joins the one before it. */
export function widthOf(text: string): number {
  return USUAL.test(text) ? text.length : measured(text).width;
}
