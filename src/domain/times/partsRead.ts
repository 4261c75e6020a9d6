import { MONTHS, WEEKDAYS } from './calendarNames.js';
import { fractionOf } from './fractionOf.js';
import { offsetOf } from './offsetOf.js';
import { wallOf } from './wallOf.js';
import type { WallTime } from './WallTime.js';
import { weekdayOf } from './weekdayOf.js';

/** The first year of those that two digits can say. */
const [CENTURY, FIRST] = [100, 1970];

/** The time that the letters of a pattern and what was found for each of them say, or `undefined` if there is none. */
export function partsRead(letters: readonly string[], [, ...found]: readonly string[], utc: boolean): WallTime | undefined {
  let [year, month, day, hour, minute, second, micros] = [0, 0, 0, 0, 0, 0, 0];
  let weekday: number | undefined;
  let offset = utc ? 0 : undefined;
  let half: string | undefined;
  for (const [i, text] of found.entries()) {
    const name = letters[i]!;
    if (name === 'yy') year = FIRST + ((Number(text) + CENTURY - (FIRST % CENTURY)) % CENTURY);
    else if (name.startsWith('y')) year = Number(text);
    else if (name.startsWith('MMM')) month = placeIn(MONTHS, name, text) + 1;
    else if (name.startsWith('M')) month = Number(text);
    else if (name.startsWith('d')) day = Number(text);
    else if (name.startsWith('H') || name.startsWith('h')) hour = Number(text);
    else if (name.startsWith('m')) minute = Number(text);
    else if (name.startsWith('s')) second = Number(text);
    else if (name.startsWith('S')) micros = fractionOf(text);
    else if (name.startsWith('a')) half = text.charAt(0).toLowerCase();
    else if (name.startsWith('E')) weekday = placeIn(WEEKDAYS, name, text);
    else offset = offsetOf(text) ?? NaN;
  }
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const wall = wallOf({ year, month, day, hour, minute, second, micros });
  const isReal = wall !== undefined && !Number.isNaN(offset) && (weekday === undefined || weekday === weekdayOf(wall));
  return isReal ? { wall, offset } : undefined;
}

/** Which of names it is, whole or its first three letters, as a pattern of three letters or four has it; -1 if none. */
function placeIn(names: readonly string[], letters: string, text: string): number {
  return names.findIndex((name) => (letters.length > 3 ? name : name.slice(0, 3)).toLowerCase() === text.toLowerCase());
}
