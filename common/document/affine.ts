import { identityTransform, type Transform } from "./document.ts";

/** A map of the plane, written as canvas 2D does: x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export function translation(x: number, y: number): Affine {
  return { a: 1, b: 0, c: 0, d: 1, e: x, f: y };
}

export function scaling(x: number, y: number): Affine {
  return { a: x, b: 0, c: 0, d: y, e: 0, f: 0 };
}

/** @param degrees clockwise, where y points down */
export function turning(degrees: number): Affine {
  const [cos, sin] = direction(degrees);
  return { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
}

/** The map that does `second` to what `first` gives. */
export function composed(second: Affine, first: Affine): Affine {
  return {
    a: second.a * first.a + second.c * first.b,
    b: second.b * first.a + second.d * first.b,
    c: second.a * first.c + second.c * first.d,
    d: second.b * first.c + second.d * first.d,
    e: second.a * first.e + second.c * first.f + second.e,
    f: second.b * first.e + second.d * first.f + second.f,
  };
}

/** A map done about a point, which stays where it is. */
export function about({ x, y }: Point, map: Affine): Affine {
  return composed(translation(x, y), composed(map, translation(-x, -y)));
}

export function mapped({ a, b, c, d, e, f }: Affine, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** By how much the map makes areas larger; negative where it mirrors, 0 where nothing is left. */
export function determinant({ a, b, c, d }: Affine): number {
  return a * d - b * c;
}

/** The way back. @param map whose determinant is not 0 */
export function inverse(map: Affine): Affine {
  const { a, b, c, d, e, f } = map;
  const size = determinant(map);
  return {
    a: d / size,
    b: -b / size,
    c: -c / size,
    d: a / size,
    e: (c * f - d * e) / size,
    f: (b * e - a * f) / size,
  };
}

/** What a transform does to a picture's own coordinates: scale, shear, turn, move. */
export function affineOf(transform: Transform): Affine {
  const { x, y, scaleX, scaleY, rotation, shear = 0 } = transform;
  const [cos, sin] = direction(rotation);
  return {
    a: cos * scaleX,
    b: sin * scaleX,
    c: (cos * shear - sin) * scaleY,
    d: (sin * shear + cos) * scaleY,
    e: x,
    f: y,
  };
}

/**
 * A map as a transform: the QR decomposition of its linear part. Two transforms do the same wherever one is mirrored:
 * the one whose signs and turn are nearer to `like` is taken, so that a flip does not look like half a turn.
 * @param like what it was before
 */
export function transformOf(
  map: Affine,
  like: Transform = identityTransform,
): Transform {
  const across = Math.hypot(map.a, map.b);
  const size = determinant(map);
  // Nothing is left to see, and nothing to divide by.
  if (size === 0) return { ...like, x: map.e, y: map.f };
  const mirrored = Math.sign(size) !== Math.sign(like.scaleX * like.scaleY);
  const own = Math.sign(like.scaleX) || 1;
  const signs = mirrored ? [own, -own] : [own];
  const [nearest] = signs
    .map((sign) => {
      const scaleX = sign * across;
      return { scaleX, rotation: turnOf(map.a / scaleX, map.b / scaleX) };
    })
    .toSorted(
      (one, other) =>
        turnBetween(one.rotation, like.rotation) -
        turnBetween(other.rotation, like.rotation),
    );
  const { scaleX, rotation } = nearest!;
  const scaleY = size / scaleX;
  const shear = (map.a * map.c + map.b * map.d) / size;
  const transform = {
    x: cleaned(map.e),
    y: cleaned(map.f),
    scaleX: cleaned(scaleX),
    scaleY: cleaned(scaleY),
    rotation: cleaned(rotation),
  };
  const kept = cleaned(shear);
  return kept === 0 ? transform : { ...transform, shear: kept };
}

/** Whether the map moves by whole pixels and does nothing else, so that every pixel stays as it is. */
export function isWholeMove({ a, b, c, d, e, f }: Affine): boolean {
  return (
    a === 1 &&
    b === 0 &&
    c === 0 &&
    d === 1 &&
    Number.isInteger(e) &&
    Number.isInteger(f)
  );
}

/** Degrees from -180 to 180, exact for quarter turns. */
function turnOf(cos: number, sin: number): number {
  return (Math.atan2(sin, cos) * 180) / Math.PI;
}

function turnBetween(one: number, other: number): number {
  const turn = Math.abs(one - other) % 360;
  return Math.min(turn, 360 - turn);
}

/** Without what rounding left beside a millionth, so that four quarter turns end where they began. */
function cleaned(value: number): number {
  const near = Math.round(value * 1e6) / 1e6;
  // The sum makes -0 a 0.
  return (Math.abs(value - near) < 1e-9 ? near : value) + 0;
}

/** Cosine and sine of degrees, exact for quarter turns, so that those keep edges sharp. */
function direction(degrees: number): [cos: number, sin: number] {
  const turn = ((degrees % 360) + 360) % 360;
  if (turn === 0) return [1, 0];
  if (turn === 90) return [0, 1];
  if (turn === 180) return [-1, 0];
  if (turn === 270) return [0, -1];
  const angle = (turn * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
}
