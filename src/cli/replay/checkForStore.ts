import { UsageError } from '../UsageError.js';

/** Options that are for a log, and why a store has no use for them. */
const FOR_A_LOG = {
  coalesce: 'a store keeps every fix, since another may yet come before it',
  sync: 'a database decides when a commit is safe, by its setting synchronous_commit',
  'no-index': 'a store cannot answer without its indexes',
};

/** The values of the options, as `parseArgs` gives them. */
export type StoreValues = Readonly<Partial<Record<keyof typeof FOR_A_LOG | 'resume', string | boolean | undefined>>>;

/** Makes sure that options are for a store. @param isStreamed whether the recording is played as it is read @throws UsageError */
export function checkForStore(values: StoreValues, isStreamed: boolean): void {
  for (const [name, why] of Object.entries(FOR_A_LOG)) {
    const value = values[name as keyof typeof FOR_A_LOG];
    if (value !== undefined && value !== false) throw new UsageError(`--${name} is for a log, and --output names a database: ${why}; leave it out`);
  }
  if (values.resume && isStreamed)
    throw new UsageError(
      '--resume finds what a database has of a recording by its contents, which are not known while it is streamed: save it to a file, and leave out --in-order',
    );
}
