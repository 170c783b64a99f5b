import { type GeneratorLayer, generatorLayers } from "../networks/generator.ts";

/**
 * What one layer does along one axis to make its part of a tile. A layer needs its reach of pixels beyond the part; where
 * those lie outside the picture they are mirrored ones (`padBefore`, `padAfter`), elsewhere they are computed.
 */
export interface LayerSpan {
  readonly padBefore: number;
  readonly padAfter: number;
  /** Where the part begins in what the layer computes, which for upsampling ones is a pixel or two more. */
  readonly cropBefore: number;
  /** Pixels of the part. */
  readonly length: number;
  /** Pixels of the input that lie before the part: where a residual block's input is cut for the sum. */
  readonly inputBefore: number;
}

export interface AxisSpans {
  /** The pixels of the picture that the first layer reads, from `begin` to before `end`. */
  readonly begin: number;
  readonly end: number;
  /** One span per entry of `generatorLayers`. */
  readonly layers: readonly LayerSpan[];
}

/**
 * Follows a part of G's output back through all layers, along one axis.
 * @param length pixels of the picture along the axis, a multiple of 4
 * @param begin, end the part, multiples of 4 within 0..length
 */
export function axisSpans(
  length: number,
  begin: number,
  end: number,
): AxisSpans {
  let size = length;
  let part = { begin, end };
  const layers: LayerSpan[] = [];
  for (const layer of generatorLayers.toReversed()) {
    const inputSize = layer.upsample ? size / 2 : size * layer.stride;
    const need = layer.upsample
      ? upsampledNeed(part)
      : convolvedNeed(part, layer);
    const input = {
      begin: Math.max(0, need.begin),
      end: Math.min(inputSize, need.end),
    };
    layers.push({
      padBefore: input.begin - need.begin,
      padAfter: need.end - input.end,
      // Upsampling computes from the odd pixel before the first window's second row.
      cropBefore: layer.upsample ? part.begin - (2 * need.begin + 1) : 0,
      length: part.end - part.begin,
      inputBefore: part.begin - input.begin,
    });
    part = input;
    size = inputSize;
  }
  return { ...part, layers: layers.reverse() };
}

interface Part {
  readonly begin: number;
  readonly end: number;
}

function convolvedNeed(
  { begin, end }: Part,
  { size, stride }: GeneratorLayer,
): Part {
  const reach = (size - 1) / 2;
  return {
    begin: stride * begin - reach,
    end: stride * (end - 1) + reach + 1,
  };
}

/**
 * Nearest x2 and a 3x3 convolution need two rows of the small picture for each row: for row 2i the rows i−1 and i, for
 * row 2i+1 the rows i and i+1.
 */
function upsampledNeed({ begin, end }: Part): Part {
  return {
    begin: Math.floor((begin + 1) / 2) - 1,
    end: Math.floor(end / 2) + 1,
  };
}
