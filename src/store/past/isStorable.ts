const LONE_SURROGATE = /\p{Cs}/u;

/** Whether a text can stand in a store at all: PostgreSQL has no NUL, and UTF-8 no half of a pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !LONE_SURROGATE.test(text);
}
