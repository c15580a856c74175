// Read by scripts: what an installer brings that is not in the repository: where it comes from, and its digest.

/**
 * FFmpeg's own sources, as released and signed by the project. Built without `--enable-gpl` and
 * `--enable-nonfree` it is under the LGPL 2.1 or later. The libraries beside it are BSD licensed.
 */
export const ffmpegSource = {
  version: '7.1.1',
  url: 'https://ffmpeg.org/releases/ffmpeg-7.1.1.tar.xz',
  sha256: '733984395e0dbbe5c046abda2dc49a5544e7e0e1e2366bba849222ae9e3a03b1',
  license: 'COPYING.LGPLv2.1',
} as const;

/** Static, so that both programs run wherever the app does; nothing of the network, no devices. */
export const ffmpegOptions = [
  ...['--disable-autodetect', '--disable-network', '--disable-devices', '--disable-doc', '--disable-ffplay'],
  ...['--disable-debug', '--enable-static', '--disable-shared', '--pkg-config-flags=--static'],
  ...['--enable-libvpx', '--enable-libopus', '--enable-libdav1d', '--enable-zlib'],
  ...(process.platform === 'darwin' ? ['--enable-videotoolbox', '--enable-audiotoolbox'] : []),
  ...(process.platform === 'win32' ? ['--enable-mediafoundation', '--extra-ldflags=-static'] : []),
] as const;

/** The pack of the catalogue that comes with the app: small, and under MIT. */
export const SHIPPED_PACK = 'tinyclip';
