/** What XML 1.0 has no way to write. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as XML has it, in an element or an attribute; what XML cannot say becomes U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(NO_XML, '\ufffd').replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]!);
}
