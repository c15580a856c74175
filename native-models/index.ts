// Runs on the answering thread: the front door to everything that runs a model.
export { createPacks } from './packs.ts';
