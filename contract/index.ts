// The contract's front door: faces and engine import from here.
export * from './concept-words.ts';
export * from './contract.ts';
export * from './cut-off.ts';
export * from './decisions.ts';
export * from './export.ts';
export * from './downloads.ts';
export * from './failures.ts';
export * from './ids.ts';
export * from './layout.ts';
export * from './media.ts';
export * from './moving.ts';
export * from './playback.ts';
export * from './search.ts';
export * from './speech.ts';
export * from './suggestions.ts';
export * from './timeline.ts';
export * from './upkeep.ts';
