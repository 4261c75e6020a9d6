import { firstValueFrom, lastValueFrom } from 'rxjs';
import { ask, openRecording, parseInstant, play } from 'lastfix';
import { intoStore, openDatabase, openStore, openStorePast, storeUrl } from 'lastfix/store';

const url = storeUrl(process.argv[2] ?? 'postgres://localhost/fleet'); // what it leaves out, PG* and ~/.pgpass say
const recording = await openRecording('recording.csv');
const source = 'recording.csv'; // played again under the same name, it changes nothing
const store = await openStore(await openDatabase(url), { shown: url.shown, source, extra: recording.extra });
try {
  await lastValueFrom(play(recording.batches, intoStore(store), { rate: Infinity }));
} finally {
  await store.close();
  await recording.close();
}

const past = await openStorePast(url);
const told = await firstValueFrom(ask(past, '8250', { at: parseInstant('2021-10-23T12:30:40Z') }));
const { fixes, changes, finalUntil } = await past.status();
await past.close();

process.stdout.write(`${'fix' in told ? `${told.fix.latitude}, ${told.fix.longitude}` : `no fix: ${told.known}`}\n`);
process.stdout.write(`${fixes} fixes, ${changes} changes; ${finalUntil === null ? 'more may come' : 'all is there'}\n`);
