/**
 * The condition that a row was there in the state of a commit; or that it has come since and was corrected, which cannot
 * be told from that.
 *
 * @param schema its name, quoted
 * @param pos that commit, as SQL
 */
export function inStateSql(schema: string, pos: string): string {
  return `(corrected or batch not in (select batch from ${schema}.commits where pos > ${pos}::int8))`;
}
