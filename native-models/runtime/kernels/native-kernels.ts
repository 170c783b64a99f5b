import * as tf from "@tensorflow/tfjs-core";

/** The part of tfjs-node's backend that runs an operation of TensorFlow by its name. */
interface NativeBackend {
  readonly binding: Readonly<
    Record<"TF_ATTR_TYPE" | "TF_ATTR_STRING" | "TF_FLOAT" | "TF_INT32", number>
  >;
  executeSingleOutput(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.TensorInfo;
}

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | string;
}

type Kernel = (call: {
  inputs: tf.NamedTensorInfoMap;
  attrs: tf.NamedAttrMap;
  backend: NativeBackend;
}) => tf.TensorInfo;

/**
 * Operations of native TensorFlow that TensorFlow.js does not know. Each takes the place of several passes over the
 * pixels; where a backend lacks one, `hasKernel` says so and the caller composes it.
 */
const kernels: Record<string, Kernel> = {
  ReluGrad: ({ inputs: { dy, y }, backend }) =>
    backend.executeSingleOutput("ReluGrad", [float(backend)], [dy!, y!]),

  MirrorPadGrad: ({ inputs: { dy }, attrs: { paddings, mode }, backend }) => {
    const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_INT32 } = backend.binding;
    const pairs = tf.tensor2d(paddings as number[][], undefined, "int32");
    const dx = backend.executeSingleOutput(
      "MirrorPadGrad",
      [
        float(backend),
        { name: "Tpaddings", type: TF_ATTR_TYPE, value: TF_INT32 },
        { name: "mode", type: TF_ATTR_STRING, value: mode as string },
      ],
      [dy!, pairs],
    );
    pairs.dispose();
    return dx;
  },
};

/** Makes them known to TensorFlow.js, for the backend "tensorflow". */
export function registerNativeKernels(): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName: "tensorflow",
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel({
          inputs,
          attrs: attrs ?? {},
          backend: backend as NativeBackend,
        }),
    });
  }
}

function float({
  binding: { TF_ATTR_TYPE, TF_FLOAT },
}: NativeBackend): Attribute {
  return { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT };
}
