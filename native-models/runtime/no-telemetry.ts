// Runs before any model is loaded: keeps the model runtime from reporting to its maker. Serves runtime/.
import { isMainThread } from 'node:worker_threads';

/**
 * Since 1.29 the official builds of onnxruntime for Linux and macOS upload events about the machine and the
 * models, and keep a device id and an offline cache in the person's cache folder, unless this variable is set
 * when the runtime starts (microsoft/onnxruntime, pull requests 27379 and 29843).
 */
const VARIABLE = 'ORT_DISABLE_TELEMETRY';

/**
 * To be called on the main thread before a thread that loads models is started: what a worker thread sets in
 * its own `process.env` never reaches the environment that native code reads.
 */
export function forbidTelemetry(): void {
  if (isMainThread) process.env[VARIABLE] = '1';
}

/** @throws Error where {@link forbidTelemetry} was not called before this thread was started: a bug of ours */
export function requireNoTelemetry(): void {
  forbidTelemetry();
  if (process.env[VARIABLE] !== '1')
    throw new Error('The model runtime is loaded before its telemetry was forbidden.');
}
