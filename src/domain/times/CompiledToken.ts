import type { PatternField } from './PATTERN_FIELDS.js';
import type { PatternToken } from './patternTokens.js';

/** A token and how it is read, if it is no literal. */
export interface CompiledToken extends PatternToken {
  readonly field: PatternField | undefined;
}
