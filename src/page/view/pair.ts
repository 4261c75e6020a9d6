/** A name and its value as a row of a list of facts. */
export function pair(name: string, value: string): HTMLElement {
  const row = document.createElement('div');
  const [term, said] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = name;
  said.textContent = value;
  row.append(term, said);
  return row;
}
