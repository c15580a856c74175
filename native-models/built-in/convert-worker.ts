// Runs in a worker thread, once per installation: makes the ONNX files of the built-in pack.
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { buildBuiltIn } from './build.ts';

const { from, to } = z.object({ from: z.string(), to: z.string() }).parse(workerData);
await buildBuiltIn(from, to);
