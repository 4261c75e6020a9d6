import { execFileSync } from 'node:child_process';

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of one's own that signs certificates, by openssl; files are in a folder, `name.pem` and `name.key`. */
export class Authority {
  readonly #folder: string;
  readonly #name: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.#openssl('req', '-x509', ...KEY, '-subj', `/CN=${name}`, '-days', '2', '-keyout', `${name}.key`, '-out', `${name}.pem`);
  }

  /** Makes a certificate. @param extension such as `subjectAltName=DNS:localhost` */
  sign(name: string, extension: string): void {
    this.#openssl('req', ...KEY, '-subj', `/CN=${name}`, '-addext', extension, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const by = ['-CA', `${this.#name}.pem`, '-CAkey', `${this.#name}.key`, '-CAcreateserial', '-copy_extensions', 'copy'];
    this.#openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-days', '2', '-out', `${name}.pem`);
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: 'pipe' });
  }
}
