/** Of the servers that are measured: memory as people give it, and fsync and synchronous_commit as they are by default, which is on. */
export const SETTINGS = { shared_buffers: '1GB', max_wal_size: '4GB' };
