// Runs in a worker thread: reads all of one database and tells whether it is sound. Serves copy.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { isSound } from './connection.ts';

parentPort?.postMessage(isSound(workerData as string));
