// Runs in an encoder's worker thread: the only module that touches onnxruntime.
import { readFile, stat } from 'node:fs/promises';
import * as ort from 'onnxruntime-node';
import { requireNoTelemetry } from './no-telemetry.ts';

/** A tensor as plain data; `int64` values are BigInts, `dims` may hold 0. */
export type PlainTensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] };

/** One loaded model. */
export interface Model {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Runs once. @returns the wanted outputs as float32 with their shapes */
  run(
    feeds: Readonly<Record<string, PlainTensor>>,
    wanted: readonly string[],
  ): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>;
  close(): Promise<void>;
}

/** Above this a model may hold external data beside it and is given to the runtime by path. */
const READ_WHOLE_BYTES = 64 * 1024 * 1024;

/**
 * Loads an ONNX model on the CPU.
 *
 * Spinning is off: with decoders on the same cores, threads that spin while they wait cost more than
 * they gain.
 *
 * @param source - absolute path of the `.onnx` file, or its bytes
 * @param threads - how many threads one run may use
 */
export async function loadModel(source: string | Uint8Array, threads: number): Promise<Model> {
  requireNoTelemetry();
  const options: ort.InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const given = typeof source === 'string' ? await bytesOrPath(source) : source;
  // The two kinds are two signatures there.
  const session =
    typeof given === 'string'
      ? await ort.InferenceSession.create(given, options)
      : await ort.InferenceSession.create(given, options);
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds, wanted) {
      const tensors: Record<string, ort.Tensor> = {};
      for (const [name, value] of Object.entries(feeds))
        tensors[name] = new ort.Tensor(value.type, value.data, value.dims);
      const results = await session.run(tensors, wanted);
      const plain: Record<string, { data: Float32Array; dims: readonly number[] }> = {};
      for (const name of wanted) {
        const tensor = results[name];
        if (tensor === undefined || !(tensor.data instanceof Float32Array))
          throw new Error(`output '${name}' is ${tensor?.type ?? 'missing'}, expected float32`);
        plain[name] = { data: tensor.data, dims: tensor.dims };
      }
      return plain;
    },
    close: () => session.release(),
  };
}

/** Small files go in as bytes: that works for every file name on every platform. */
async function bytesOrPath(path: string): Promise<string | Uint8Array> {
  const small = (await stat(path)).size <= READ_WHOLE_BYTES && !(await hasExternalData(path));
  return small ? readFile(path) : path;
}

async function hasExternalData(path: string): Promise<boolean> {
  const beside = await Promise.allSettled([stat(`${path}_data`), stat(`${path}.data`)]);
  return beside.some((result) => result.status === 'fulfilled');
}
