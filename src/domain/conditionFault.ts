import type { Condition } from './findConditions.js';
import { shown } from './shown.js';

/** Why a row does not meet a condition; `undefined` if it does. */
export function conditionFault({ column, values }: Condition, value: string): string | undefined {
  return values.includes(value)
    ? undefined
    : `${column} ${shown(value)} is not ${values.map((value) => shown(value)).join(' or ')} (--where)`;
}
