// Runs as `npm run build:ffmpeg`: builds the ffmpeg and ffprobe that an installer brings into resources/ffmpeg.
import { join } from 'node:path';
import { buildFfmpeg } from './build-ffmpeg-from.ts';
import { ffmpegOptions, ffmpegSource } from './release-parts.ts';
import { projectFolder } from './tools.ts';

const folder = join(projectFolder, 'resources', 'ffmpeg');
console.log(`building ffmpeg ${ffmpegSource.version} …`);
await buildFfmpeg(ffmpegSource, ffmpegOptions, folder);
console.log(folder);
