declare module 'pgpass' {
  interface Connection {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
  }
  /** Gives the password that `PGPASSFILE` or `~/.pgpass` has for a connection, if it has one. */
  export default function pgpass(connection: Connection, found: (password: string | undefined) => void): void;
}
