import type { Box } from '../domain/Grid.js';
import { shown } from '../domain/shown.js';
import { HttpError } from './HttpError.js';

const WORLD: Box = { west: -180, south: -90, east: 180, north: 90 };
const NUMBER = /^-?\d{1,3}(?:\.\d{1,15})?$/;

/** The part of the map that a question is about; all of it without one. @throws HttpError 400 if it is not one */
export function boxOf(text: string | undefined): Box {
  if (text === undefined) return WORLD;
  const numbers = text.split(',');
  const [west, south, east, north] = numbers.map(Number) as [number, number, number, number];
  const isBox =
    numbers.length === 4 &&
    numbers.every((number) => NUMBER.test(number)) &&
    [west, east].every((longitude) => Math.abs(longitude) <= 180) &&
    [south, north].every((latitude) => Math.abs(latitude) <= 90) &&
    south <= north;
  if (isBox) return { west, south, east, north };
  throw new HttpError(400, 'bad-request', `box ${shown(text)} is not a part of the map: write west,south,east,north in degrees, like 76.1,23,77.9,24.5`);
}
