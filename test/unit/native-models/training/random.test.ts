import { expect, test } from "vitest";
import { Random } from "../../../../native-models/training/random.ts";

/** xoshiro128** 1.1 in exact integers, as its authors print it, from the state 1, 2, 3, 4. */
const reference = (() => {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  const s = [1n, 2n, 3n, 4n];
  return Array.from({ length: 6 }, () => {
    const result = (rotate((s[1]! * 5n) & mask, 7n) * 9n) & mask;
    const t = (s[1]! << 9n) & mask;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotate(s[3]!, 11n);
    return Number(result);
  });
})();

test("gives the numbers of the published generator", () => {
  const random = Random.fromState([1, 2, 3, 4]);
  expect(reference.map(() => random.word())).toEqual(reference);
  expect(reference[0]).toBe(11520);
});

test("goes on where its state was taken", () => {
  const random = Random.seeded(42);
  random.word();
  const again = Random.fromState(random.state);
  expect([again.normal(), again.below(10), again.uniform()]).toEqual([
    random.normal(),
    random.below(10),
    random.uniform(),
  ]);
});

test("different seeds give different numbers, spread evenly", () => {
  expect(Random.seeded(0).word()).not.toBe(Random.seeded(1).word());
  const random = Random.seeded(7);
  const count = 20_000;
  let sum = 0;
  let squares = 0;
  const faces = new Array<number>(6).fill(0);
  for (let i = 0; i < count; i++) {
    const value = random.normal();
    sum += value;
    squares += value * value;
    faces[random.below(6)]!++;
  }
  expect(Math.abs(sum / count)).toBeLessThan(0.03);
  expect(squares / count).toBeCloseTo(1, 1);
  for (const face of faces) expect(face / count).toBeCloseTo(1 / 6, 1);
  expect(random.permutation(9).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
