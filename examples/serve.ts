import { serveLog } from 'lastfix/serve';

const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`); // what no client is to blame for
const server = await serveLog('output/output_stream.csv', { onError });
const url = await server.listen({ host: '127.0.0.1', port: 0 }); // any free port

const fleet = await fetch(`${url}/api/fleet?at=2021-10-23T12:30:40Z`);
process.stdout.write(`${await fleet.text()}\n`);
await server.close();
