// Writes a made-up recording anew, its fixes as they are and its spelling another: tabs or semicolons between the fields, times
// as seconds since 1970, or as `dd/MM/yyyy HH:mm:ss.SSSSSS`.
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';

const [from = '', to = '', kind = ''] = process.argv.slice(2);
const TIMES = /,(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?Z/g;
const SPELLED: Readonly<Record<string, (line: string) => string>> = {
  tab: (line) => line.replaceAll(',', '\t'),
  semicolon: (line) => line.replaceAll(',', ';'),
  epoch: (line) =>
    line.replaceAll(TIMES, (_, year: string, month: string, day: string, time: string, fraction?: string) => {
      const seconds = Date.parse(`${year}-${month}-${day}T${time}Z`) / 1000;
      return `,${seconds}${fraction === undefined ? '' : `.${fraction}`}`;
    }),
  pattern: (line) =>
    line.replaceAll(TIMES, (_, year: string, month: string, day: string, time: string, fraction = '') => {
      return `,${day}/${month}/${year} ${time}.${String(fraction).padEnd(6, '0')}`;
    }),
};

async function* lines() {
  for await (const line of createInterface({ input: createReadStream(from) })) yield `${SPELLED[kind]!(line)}\n`;
}

await pipeline(lines(), createWriteStream(to));
