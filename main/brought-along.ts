// Runs in Electron's main process: where an installed app's models and programs lie, in the words that the engine reads.
import { join } from 'node:path';

/** @param resources - the folder beside the app's archive; what is missing in it is passed over by the engine */
export const broughtAlong = (resources: string): Readonly<Record<string, string>> => ({
  AFTERIMAGE_BUILT_IN: join(resources, 'built-in'),
  AFTERIMAGE_SHIPPED_PACKS: join(resources, 'packs'),
  AFTERIMAGE_WHISPER_FOLDER: join(resources, 'whisper'),
  AFTERIMAGE_FFMPEG_FOLDER: join(resources, 'ffmpeg'),
});
