import type { Scene } from './Scene.js';

/** What the programs of a scene said last, and how far its partitions are: for whoever looks for a fault. */
export async function describedScene({ gateway, server, workers, database }: Scene): Promise<string> {
  const said = [gateway, server, ...workers].map((program) => `${program.name}, started ${program.starts} times: ${program.failure?.message ?? program.said.slice(-1000)}`);
  const tables = ['partitions', 'workers', 'sources', 'head'].map(async (table) => {
    const { rows } = await database.query(`select * from lastfix.${table}`);
    return `${table}:\n${rows.map((row) => JSON.stringify(row)).join('\n')}`;
  });
  const settled = await Promise.allSettled(tables);
  return [...said, ...settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))].join('\n');
}
