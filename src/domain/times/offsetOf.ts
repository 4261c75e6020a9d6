const NAMES = new Set(['Z', 'UTC', 'GMT', 'UT']);
const OFFSET = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?$/i;

/** Minutes east of UTC that `Z`, `UTC`, `GMT`, `+05:30`, `+0530`, `+05` or `GMT+0530` says; `undefined` for anything else. */
export function offsetOf(text: string): number | undefined {
  if (NAMES.has(text.toUpperCase())) return 0;
  const [, sign, hours, minutes = '0'] = OFFSET.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
