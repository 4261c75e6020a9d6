import { expect } from 'chai';
import { OneByOne } from '../../src/store/OneByOne.js';
import { settled } from '../support/settled.js';

/** Work whose course is in the hands of the spec. */
class Course {
  begun = 0;
  waits!: () => void;
  succeed!: () => void;
  fail!: (error: Error) => void;

  constructor(readonly name: string) {}

  readonly work = (waits: () => void): Promise<string> => {
    this.begun++;
    this.waits = waits;
    return new Promise((resolve, reject) => {
      this.succeed = () => { resolve(this.name); };
      this.fail = reject;
    });
  };
}

/** Three pieces of work that are asked for at once, and what was told of them. */
function taken() {
  const oneByOne = new OneByOne();
  const told: string[] = [];
  const take = (course: Course) => {
    oneByOne.take(course.work).then(
      (name) => told.push(name),
      (error: unknown) => told.push(`${course.name}: ${(error as Error).message}`),
    );
  };
  const [a, b, c] = [new Course('a'), new Course('b'), new Course('c')];
  for (const course of [a, b, c]) take(course);
  return { a, b, c, told, take };
}

describe('OneByOne', () => {
  it('should begin each work when the one before is done', async () => {
    const { a, b, c } = taken();
    await settled();
    expect([a.begun, b.begun, c.begun]).to.deep.equal([1, 0, 0]);
    a.waits();
    await settled();
    expect([a.begun, b.begun, c.begun]).to.deep.equal([1, 0, 0]);
    a.succeed();
    await settled();
    expect([a.begun, b.begun, c.begun]).to.deep.equal([1, 1, 0]);
  });

  it('should tell what came of each when the next waits, and of the last at once', async () => {
    const { a, b, c, told } = taken();
    await settled();
    a.succeed();
    await settled();
    expect(told).to.deep.equal([]);
    b.waits();
    await settled();
    expect(told).to.deep.equal(['a']);
    b.succeed();
    await settled();
    c.succeed();
    await settled();
    expect(told).to.deep.equal(['a', 'b', 'c']);
  });

  it('should tell in order, also when the next is done as soon as it has begun', async () => {
    const told: string[] = [];
    const oneByOne = new OneByOne();
    const name = (text: string) => oneByOne.take(() => Promise.resolve(text)).then((text) => told.push(text));
    await Promise.all([name('a'), name('b'), name('c')]);
    expect(told).to.deep.equal(['a', 'b', 'c']);
  });

  it('should not begin what comes after work that failed, and fail it with the same error', async () => {
    const { a, b, c, told, take } = taken();
    await settled();
    a.succeed();
    await settled();
    b.fail(new Error('no room'));
    await settled();
    expect(told).to.deep.equal(['a', 'b: no room', 'c: no room']);
    take(new Course('d'));
    await settled();
    expect(told).to.deep.equal(['a', 'b: no room', 'c: no room', 'd: no room']);
    expect(c.begun).to.equal(0);
  });

  it('should do work that comes when all before it is done', async () => {
    const { a, b, c, told, take } = taken();
    for (const course of [a, b, c]) {
      await settled();
      course.succeed();
    }
    await settled();
    const d = new Course('d');
    take(d);
    await settled();
    d.succeed();
    await settled();
    expect(told).to.deep.equal(['a', 'b', 'c', 'd']);
  });
});
