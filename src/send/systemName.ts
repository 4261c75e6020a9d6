/** What a system at an address is called: without credentials, and without a query, which may have some. */
export function systemName({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname.replaceAll('%7B', '{').replaceAll('%7D', '}')}`;
}
