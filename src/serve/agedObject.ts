import type { Fix } from '../domain/fix.js';
import { fixObject } from './fixObject.js';

/** A fix as JSON has it, and how many µs old it was when it was asked for. */
export function agedObject(fix: Fix, extra: readonly string[], age: number) {
  return { ...fixObject(fix, extra), age_seconds: age / 1e6 };
}
