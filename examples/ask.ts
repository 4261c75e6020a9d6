import { firstValueFrom } from 'rxjs';
import { ask, formatInstant, parseInstant } from 'lastfix';

const at = parseInstant('2021-10-23T12:30:40Z');
const told = await firstValueFrom(ask('output/output_stream.csv', '8250', { at }));

if ('fix' in told) process.stdout.write(`${told.fix.latitude}, ${told.fix.longitude}, arrived ${formatInstant(told.fix.arrival)}\n`);
else process.stdout.write(`no fix: ${told.known}\n`); // `nothing`, or `only later`
