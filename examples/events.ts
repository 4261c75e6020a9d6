// Prints what the log of a server gains: node dist/examples/events.js [URL]. It goes on where it was when the connection is lost.
import { setTimeout as sleep } from 'node:timers/promises';

const url = new URL('/api/events', process.argv[2] ?? 'http://127.0.0.1:8017');
let last = '';

for (;;) {
  try {
    const { body } = await fetch(url, { headers: last === '' ? {} : { 'last-event-id': last } });
    let text = '';
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
      const events = `${text}${chunk}`.split('\n\n');
      text = events.pop()!; // not whole yet
      for (const event of events) show(event);
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}: trying again\n`);
  }
  await sleep(1000);
}

/** An event is lines of `field: value` (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
function show(event: string): void {
  const fields = new Map(event.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  last = fields.get('id') ?? last;
  if (fields.get('event') === 'flush') process.stdout.write(`${fields.get('data')!}\n`);
}
