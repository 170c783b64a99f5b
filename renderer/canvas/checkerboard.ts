const square = 8;

/** Two squares by two in the theme's colours, to be repeated under what is clear. */
export function checkerboard(): HTMLCanvasElement {
  const colours = getComputedStyle(document.documentElement);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * square;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gave no canvas to paint on.");
  context.fillStyle = colours.getPropertyValue("--checker-a");
  context.fillRect(0, 0, 2 * square, 2 * square);
  context.fillStyle = colours.getPropertyValue("--checker-b");
  context.fillRect(0, 0, square, square);
  context.fillRect(square, square, square, square);
  return canvas;
}
