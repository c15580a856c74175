// Runs nowhere by itself: what ffmpeg and ffprobe may open and how much they may take. Data.

/** Only the file itself (`file`) and our pipes: no network, no `concat:`, `data:`, `subfile:`, `crypto:`. */
const PROTOCOLS = 'file,pipe';

/**
 * Containers that hold their media themselves. Absent on purpose: everything that names other files or
 * hosts (hls, dash, concat, sdp, rtsp, image2, imf, ffmetadata, webm_dash_manifest) and every device
 * (lavfi, v4l2, alsa, x11grab …).
 */
const FORMATS = [
  // video, and what holds both
  ...['mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska', 'webm', 'avi', 'asf', 'flv', 'mpeg', 'mpegts'],
  ...['mpegvideo', 'm4v', 'h264', 'hevc', 'av1', 'obu', 'ivf', 'dv', 'mxf', 'nut', 'rm', 'ogg', 'wtv', 'vc1'],
  // audio
  ...[
    'mp3',
    'wav',
    'w64',
    'flac',
    'aac',
    'aiff',
    'caf',
    'amr',
    'ape',
    'wv',
    'tta',
    'ac3',
    'eac3',
    'dts',
    'au',
  ],
  ...['mpc', 'mpc8', 'dsf', 'tak', 'aac', 'loas', 'voc', 'oma', 'spdif'],
  // animated pictures
  ...['gif', 'apng'],
].join(',');

/** Largest picture inside a film, pixels: 16K. Refused by ffmpeg before it reserves memory. */
export const MAX_FRAME_PIXELS = 16_384 * 8_640;
/** Largest single block of memory, bytes. */
const MAX_ALLOC_BYTES = 512 * 1024 * 1024;

/** Options before an input, for ffmpeg and ffprobe alike. */
export const SAFE_INPUT: readonly string[] = [
  ...['-protocol_whitelist', PROTOCOLS],
  ...['-format_whitelist', FORMATS],
  ...['-max_pixels', String(MAX_FRAME_PIXELS)],
  ...['-max_streams', '200'],
];

/** Global options of both. */
export const MAX_ALLOC: readonly string[] = ['-max_alloc', String(MAX_ALLOC_BYTES)];

/**
 * The environment of a child: what the system's loader and temporary files need, and nothing that would
 * steer ffmpeg (FFREPORT writes files, http_proxy opens connections).
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
  const environment: NodeJS.ProcessEnv = { AV_LOG_FORCE_NOCOLOR: '1', LC_ALL: 'C' };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
