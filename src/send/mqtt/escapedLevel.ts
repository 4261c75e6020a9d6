/**
 * What may not stand in a level of a topic (MQTT 5.0, 1.5.4 and 4.7): the separator, the wildcards, control characters and
 * those that are none; and the sign that says so.
 */
const SPECIAL = /[/+#%\p{Cc}\p{Noncharacter_Code_Point}]/gu;

/** A text as one level of a topic, some of it percent-encoded: `decodeURIComponent` gives it back. */
export function escapedLevel(text: string): string {
  return text.replace(SPECIAL, encodeURIComponent);
}
