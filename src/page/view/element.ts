/** The element of the page with this id, which is of this kind; else the page is broken. */
export function element(id: string): HTMLElement;
export function element<E extends HTMLElement>(id: string, kind: new () => E): E;
export function element(id: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${kind.name} ${id}`);
}
