/**
 * The header Content-Disposition (RFC 6266) for a file to be kept; programs that know only ASCII have `_` for all else.
 *
 * @param file a name of `fileName`
 */
export function attachment(file: string): string {
  return `attachment; filename="${file.replaceAll(/[^\w.-]+/g, '_')}"; filename*=UTF-8''${encodeURIComponent(file)}`;
}
