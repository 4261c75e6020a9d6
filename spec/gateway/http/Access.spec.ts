import { expect } from 'chai';
import { Access, digestOf } from '../../../src/gateway/http/Access.js';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('Access', () => {
  it('should let everybody in if nobody is named', () => {
    expect([new Access({}).isOpen, new Access({}).lets(), new Access({}).lets('Bearer x')]).to.deep.equal([true, true, true]);
  });

  it('should let in whoever has the token, as such or as the password of anybody', () => {
    const access = new Access({ token: 'secret-1' });
    expect(access.isOpen).to.equal(false);
    for (const right of ['Bearer secret-1', 'bearer  secret-1 ', basic('me:secret-1'), basic(':secret-1')]) expect(access.lets(right), right).to.equal(true);
    for (const wrong of [undefined, '', 'secret-1', 'Bearer', 'Bearer secret-2', 'Bearer secret-1 x', basic('secret-1'), basic('me:'), 'Basic ?', 'Basic'])
      expect(access.lets(wrong), wrong).to.equal(false);
  });

  it('should let in each user with their own password', () => {
    const access = new Access({ users: [{ name: 'ada', digest: digestOf('p:1') }, { name: 'é', digest: digestOf('ü') }] });
    expect([access.lets(basic('ada:p:1')), access.lets(basic('é:ü'))]).to.deep.equal([true, true]);
    for (const wrong of [basic('ada:'), basic('ada:ü'), basic('bob:p:1'), basic(':'), basic('ada'), 'Bearer p:1', basic('__proto__:x')])
      expect(access.lets(wrong), wrong).to.equal(false);
  });

  it('should let in nobody by an empty password that nobody has', () => {
    expect(new Access({ users: [{ name: 'ada', digest: digestOf('x') }] }).lets(basic('bob:'))).to.equal(false);
  });
});
