import { LAYOUTS } from '../../index.js';
import type { Form } from '../../recording/layouts/NamedLayout.js';

/** The layouts that are known, for people: what writes each, and which columns it is read from. */
export function layoutsTable(): string {
  const width = Math.max(...LAYOUTS.map(({ name }) => name.length)) + 2;
  return LAYOUTS.map(({ name, about, forms }) => [
    `${name.padEnd(width)}${about}`,
    ...forms.map((form) => `${' '.repeat(width)}${columnsOf(form)}`),
  ])
    .flat()
    .map((line) => `${line}\n`)
    .join('');
}

/** The columns of a form as `--columns` would have them, and what else is said of it. */
function columnsOf({ columns = {}, times, zone, speedUnit, skip, header }: Form): string {
  return [
    Object.entries(columns).map(([part, column]) => `${part}=${column}`).join(','),
    ...(times?.event ?? []).map((pattern) => `times ${pattern}`),
    ...(zone?.event === undefined ? [] : [`zone ${zone.event}`]),
    ...(speedUnit === undefined ? [] : [`speeds in ${speedUnit}`]),
    ...(skip === undefined ? [] : [`${skip} lines skipped`]),
    ...(header === undefined ? [] : ['no header']),
  ].join('; ');
}
