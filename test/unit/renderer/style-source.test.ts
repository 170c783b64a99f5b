import { expect, test } from "vitest";
import {
  identityTransform,
  type Transform,
} from "../../../common/document/document.ts";
import { fitted } from "../../../renderer/state/style-source.ts";

/** Where a picture's middle lies in the document. */
function middle(
  { x, y, scaleX, scaleY, rotation }: Transform,
  [width, height]: [number, number],
) {
  const angle = (rotation * Math.PI) / 180;
  const [u, v] = [(scaleX * width) / 2, (scaleY * height) / 2];
  return [
    x + Math.cos(angle) * u - Math.sin(angle) * v,
    y + Math.sin(angle) * u + Math.cos(angle) * v,
  ];
}

const turned = { x: 40, y: -7, scaleX: 0.5, scaleY: -0.75, rotation: 25 };

test("a picture of the same size lies where the former one lay", () => {
  const size = { width: 300, height: 200 };
  expect(fitted(turned, size, size)).toEqual(turned);
});

test.each<[string, [number, number]]>([
  ["smaller", [150, 100]],
  ["larger and wider", [900, 300]],
  ["higher", [100, 400]],
])("a %s one fills the same place about the same middle", (_, size) => {
  for (const transform of [identityTransform, turned]) {
    const former = { width: 300, height: 200 };
    const to = fitted(transform, former, { width: size[0], height: size[1] });
    const [x, y] = middle(to, size);
    const [wantedX, wantedY] = middle(transform, [300, 200]);
    expect(x).toBeCloseTo(wantedX!, 9);
    expect(y).toBeCloseTo(wantedY!, 9);
    // As wide or as high as its place, and no more.
    const across = (to.scaleX * size[0]) / (transform.scaleX * 300);
    const down = (to.scaleY * size[1]) / (transform.scaleY * 200);
    expect(Math.max(across, down)).toBeCloseTo(1, 9);
    expect(to.scaleX / to.scaleY).toBeCloseTo(
      transform.scaleX / transform.scaleY,
      9,
    );
  }
});
