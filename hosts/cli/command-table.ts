// Runs in the command line: every command there is, as data; a command's module is loaded when it is called.
import { WrongUse, type CommandSpec } from './command.ts';

/** A whole number between two bounds, both included. */
const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new WrongUse(`"${text}": ${least} … ${most}`);
  };

export const commands: readonly CommandSpec[] = [
  {
    name: 'add',
    args: '<dir...>',
    options: [{ flags: '--no-wait' }],
    example: 'add ~/Pictures ~/Desktop/scans',
    load: () => import('./commands/add.ts'),
  },
  { name: 'index', example: 'index', load: () => import('./commands/index.ts') },
  {
    name: 'search',
    args: '[query...]',
    minusIsText: true,
    options: [
      { flags: '--image <file>', repeat: true },
      { flags: '--not-image <file>', repeat: true },
      { flags: '--kind <kind>', repeat: true, choices: ['picture', 'video', 'audio'] },
      { flags: '--limit <n>', read: whole(1, 5_000) },
      { flags: '--all' },
      { flags: '--before <date>' },
      { flags: '--after <date>' },
      { flags: '--folder <name>', repeat: true },
      { flags: '--camera <name>', repeat: true },
      { flags: '--rating <stars>' },
    ],
    example: 'search "dog on a bicycle" --after 2019 --folder holiday',
    load: () => import('./commands/search.ts'),
  },
  {
    name: 'show',
    args: '<path-or-id>',
    example: 'show ~/Pictures/cat.jpg',
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'keyframes',
    args: '<file>',
    example: 'keyframes ~/Movies/holiday.mp4',
    load: () => import('./commands/keyframes.ts'),
  },
  {
    name: 'transcribe',
    args: '<file>',
    options: [{ flags: '--format <form>', choices: ['text', 'srt', 'vtt'] }],
    example: 'transcribe interview.mp3 --format srt',
    load: () => import('./commands/transcribe.ts'),
  },
  { name: 'roots', example: 'roots', load: () => import('./commands/roots.ts') },
  { name: 'status', example: 'status --json', load: () => import('./commands/status.ts') },
  { name: 'errors', example: 'errors', load: () => import('./commands/errors.ts') },
  { name: 'doctor', example: 'doctor', load: () => import('./commands/doctor.ts') },
  {
    name: 'remove',
    args: '<dir>',
    example: 'remove ~/Desktop/scans',
    load: () => import('./commands/remove.ts'),
  },
  {
    name: 'move',
    args: '<dir>',
    options: [{ flags: '--keep' }],
    example: 'move /media/photos/Afterimage',
    load: () => import('./commands/move.ts'),
  },
  { name: 'packs list', example: 'packs list', load: () => import('./commands/packs-list.ts') },
  {
    name: 'packs install',
    args: '<pack>',
    options: [{ flags: '--yes' }, { flags: '--mirror <address>' }],
    example: 'packs install siglip2-base',
    load: () => import('./commands/packs-install.ts'),
  },
  {
    name: 'packs import',
    args: '<folder>',
    example: 'packs import ~/Downloads/clip-vit-b32',
    load: () => import('./commands/packs-import.ts'),
  },
  {
    name: 'packs use',
    args: '<pack>',
    options: [{ flags: '--no-wait' }],
    example: 'packs use built-in',
    load: () => import('./commands/packs-use.ts'),
  },
  {
    name: 'packs verify',
    args: '<pack>',
    example: 'packs verify built-in',
    load: () => import('./commands/packs-verify.ts'),
  },
  {
    name: 'packs remove',
    args: '<pack>',
    example: 'packs remove clip-vit-b32',
    load: () => import('./commands/packs-remove.ts'),
  },
  { name: 'watch', example: 'watch', load: () => import('./commands/watch.ts') },
  {
    name: 'serve',
    options: [{ flags: '--port <n>', read: whole(0, 65_535) }, { flags: '--open' }],
    example: 'serve --open',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'eval',
    args: '<file>',
    passThrough: true,
    example: 'eval queries.jsonl',
    load: () => import('./eval.ts'),
  },
  {
    name: 'bench',
    args: '<what>',
    passThrough: true,
    example: 'bench search',
    load: () => import('./bench.ts'),
  },
];

/** Groups of commands that have a help of their own. */
export const groups: readonly string[] = ['packs'];
