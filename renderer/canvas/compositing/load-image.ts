/** A picture from an address, not decoded before it is painted. @throws Error where it does not load */
export function loadImage(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () =>
      reject(new Error(`The picture at ${url} did not load.`));
    image.src = url;
  });
}
