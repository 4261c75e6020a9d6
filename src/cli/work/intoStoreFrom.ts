import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { tap, lastValueFrom } from 'rxjs';
import { FileError } from '../../index.js';
import { openDatabase } from '../../store/openDatabase.js';
import { openSchema } from '../../store/openSchema.js';
import { openReader } from '../../worker/openReader.js';
import { worker } from '../../worker/worker.js';
import { aborted } from '../interruption.js';
import { unlessInterrupted } from '../unlessInterrupted.js';
import { counted } from '../text/words.js';
import type { WorkedAll } from './WorkedAll.js';
import type { Working } from './Working.js';
import type { WorkSettings } from './workSettings.js';

/** One connection commits, and another looks after the leases meanwhile. */
const CONNECTIONS = 3;

/** A worker: takes its share of the partitions of a stream into a store, until it is interrupted or has caught up. */
export async function intoStoreFrom(settings: WorkSettings, { meter, signal, said, told }: Working): Promise<WorkedAll> {
  const { from, to, drains, acceptsGap, flushEvery, input, output } = settings;
  if (to.kind !== 'store') throw new TypeError('this is not a store');
  const { url } = to;
  const name = `${hostname()} ${process.pid} ${randomBytes(4).toString('hex')}`;
  const database = await openDatabase(url, { connections: CONNECTIONS });
  try {
    await openSchema(database, { shown: url.shown, schema: url.schema, writes: true });
    const stream = await unlessInterrupted(openReader(from, { said, signal }), signal);
    if (!stream) return { rejected: 0, bytes: null, failure: undefined };
    try {
      said(`taking ${input} (${counted(stream.partitions, 'partition')}) into ${output} as ${name}`);
      let rejected = 0;
      let had = 0;
      told(() => `${counted(meter.judged, 'fix', 'fixes')}, ${counted(had, 'partition')} of ${stream.partitions}`);
      let failure: FileError | undefined;
      const worked$ = worker({
        stream,
        database,
        shown: url.shown,
        schema: url.schema,
        worker: name,
        flushEvery,
        drains,
        acceptsGap,
        said,
        renewed: (holds) => (had = holds.length),
        stop$: aborted(signal),
        signal,
      }).pipe(
        tap((worked) => {
          if (worked.settled + worked.rejected > 0) meter.flushed();
          meter.committed(worked);
          meter.came(worked.first, worked.last);
          rejected += worked.rejected;
        }),
      );
      try {
        await lastValueFrom(worked$, { defaultValue: undefined });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        failure = error;
      }
      return { rejected, bytes: null, failure };
    } finally {
      await stream.close();
    }
  } finally {
    await database.close();
  }
}
