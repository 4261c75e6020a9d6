/** Of four bytes each, they and the extension are less than the 255 bytes that file systems take. */
const MAX_CHARACTERS = 60;

/**
 * The header Content-Disposition (RFC 6266) for a file to be kept. Its name has only letters, digits and `-`, `_`, `.` for programs
 * that know no more, and is safe on every system: no separators, control characters or reserved names.
 *
 * @param what begins with a word of ours
 */
export function attachment(what: string, extension: string): string {
  const safe = what.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}"*/:<>?\\|]+/gu, '_');
  const name = Array.from(safe).slice(0, MAX_CHARACTERS).join('');
  const plain = name.replaceAll(/[^A-Za-z0-9.-]+/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}.${extension}"; filename*=UTF-8''${encoded}.${extension}`;
}
