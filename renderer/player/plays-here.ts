// Runs in the page: which codecs and containers this browser plays.

/** By ffmpeg's names, with what a browser is asked (RFC 6381). */
const CODECS: Readonly<Record<string, string>> = {
  h264: 'video/mp4; codecs="avc1.640028"',
  hevc: 'video/mp4; codecs="hvc1.1.6.L120.90"',
  av1: 'video/mp4; codecs="av01.0.08M.08"',
  vp8: 'video/webm; codecs="vp8"',
  vp9: 'video/webm; codecs="vp09.00.40.08"',
  aac: 'audio/mp4; codecs="mp4a.40.2"',
  mp3: 'audio/mpeg',
  opus: 'audio/webm; codecs="opus"',
  vorbis: 'audio/webm; codecs="vorbis"',
  flac: 'audio/flac',
  pcm_s16le: 'audio/wav; codecs="1"',
};

/** Containers that browsers read; anything else is written anew into one of them. */
const CONTAINERS =
  /^(?:video|audio)\/(?:mp4|quicktime|webm|ogg|mpeg|mp3|wav|x-wav|vnd\.wave|flac|x-flac|aac|m4a|x-m4a|opus)$/;

export function codecsPlayed(): string[] {
  const element = document.createElement('video');
  return Object.entries(CODECS).flatMap(([codec, type]) => (element.canPlayType(type) === '' ? [] : [codec]));
}

export function playsFile(mediaType: string, codecs: readonly (string | null)[]): boolean {
  const played = codecsPlayed();
  return CONTAINERS.test(mediaType) && codecs.every((codec) => codec === null || played.includes(codec));
}
