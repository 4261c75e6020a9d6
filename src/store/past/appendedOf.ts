import type { Appended, LateFix } from '../../domain/Appended.js';
import { formatInstant } from '../../domain/instant.js';
import type { FeedRow } from './feedAfter.js';
import { fixIn } from './FixRow.js';

/** Rows of the feed: changes, others, and those whose verdict was taken back. @param extra the names of the extra columns */
export function appendedOf(rows: readonly FeedRow[], extra: readonly string[]): Pick<Appended, 'changes' | 'late' | 'corrected'> {
  const [changes, others] = [rows.filter(({ verdict }) => verdict === 'change'), rows.filter(({ verdict }) => verdict !== 'change')];
  const named = (row: FeedRow) => ({ fix: fixIn(row, extra), extra });
  const lateFix = (row: FeedRow): LateFix => ({ ...named(row), reason: row.verdict, latestEventTime: formatInstant(row.held!) });
  return {
    changes: changes.map(named),
    late: others.filter(({ corrected }) => !corrected).map(lateFix),
    corrected: others.filter(({ corrected }) => corrected).map(lateFix),
  };
}
