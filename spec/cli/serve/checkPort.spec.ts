import { expect } from 'chai';
import { cannotListen } from '../../../src/cli/serve/checkPort.js';

describe('cannotListen', () => {
  const said = (code: string, host = '10.0.0.7') =>
    cannotListen({ host, port: { number: 80, given: true } }, Object.assign(new Error('as the system says'), { code })).message;

  it('should say why, and what to do', () => {
    expect(said('EADDRINUSE')).to.equal('port 80 of 10.0.0.7 is taken: choose another with --port, or leave it out for the next free one');
    expect(said('EACCES')).to.equal('port 80 of 10.0.0.7 may not be used by this user: choose one from 1024 up with --port');
    expect(said('EADDRNOTAVAIL')).to.equal(
      '10.0.0.7 is not an address of this machine: give --host one that is, or 0.0.0.0 for all of them',
    );
    expect(said('ENOTFOUND', 'home')).to.equal(
      '--host "home" is not a name that is known here: give an address of this machine, or 0.0.0.0 for all of them',
    );
    expect(said('EIO')).to.equal('cannot listen on port 80 of 10.0.0.7: as the system says');
  });
});
