import { expect } from 'chai';
import { firstFreePort } from '../../../src/cli/serve/firstFreePort.js';
import { failureOf } from '../../support/failureOf.js';

const fault = (code: string) => Object.assign(new Error(code), { code });

describe('firstFreePort', () => {
  /** A machine on which some ports are taken, and what was tried on it. */
  const machine = (isTaken: (port: number) => boolean, tried: number[] = []) => ({
    tried,
    listen: (port: number) => {
      tried.push(port);
      return isTaken(port) ? Promise.reject(fault('EADDRINUSE')) : Promise.resolve();
    },
  });

  it('should take the port itself if it is free', async () => {
    const { listen, tried } = machine(() => false);
    expect(await firstFreePort(listen, 8017)).to.equal(8017);
    expect(tried).to.deep.equal([8017]);
  });

  it('should take the next one that is free', async () => {
    const { listen, tried } = machine((port) => port < 8020);
    expect(await firstFreePort(listen, 8017)).to.equal(8020);
    expect(tried).to.deep.equal([8017, 8018, 8019, 8020]);
  });

  it('should give up after a hundred, or after the last port there is', async () => {
    for (const [first, count] of [[8017, 100], [65_530, 6]] as const) {
      const { listen, tried } = machine(() => true);
      expect(await failureOf(firstFreePort(listen, first))).to.include({ code: 'EADDRINUSE' });
      expect(tried).to.have.length(count);
    }
  });

  it('should not hide another failure', async () => {
    expect(await failureOf(firstFreePort(() => Promise.reject(fault('EACCES')), 80))).to.include({ code: 'EACCES' });
  });
});
