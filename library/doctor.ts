// Runs on the engine's thread: what this machine can decode and run, in words.
import { availableParallelism, freemem, totalmem } from 'node:os';
import type { DoctorRow } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import { abilities } from './media/ffmpeg/programs.ts';
import type { DecodePool } from './media/job.ts';
import type { MetadataReader } from './media/metadata.ts';
import type { Packs } from './ports.ts';
import type { Spaces } from './spaces.ts';
import type { SpeechPacks } from './speech/hearing.ts';

const giB = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

export async function examine(parts: {
  database: Database;
  spaces: Spaces;
  speech: SpeechPacks;
  packs: Packs;
  pool: DecodePool;
  metadata: MetadataReader;
}): Promise<DoctorRow[]> {
  const rows: DoctorRow[] = [
    {
      what: 'machine',
      ok: true,
      detail: `${process.platform} ${process.arch}, ${String(availableParallelism())} cores, ${giB(totalmem())} memory (${giB(freemem())} free), Node ${process.versions.node}`,
    },
    { what: 'pictures', ok: true, detail: `${String(parts.pool.size)} decode workers` },
    row(
      'sqlite',
      () => `SQLite ${parts.database.versions().sqlite}, sqlite-vec ${parts.database.versions().vec}`,
    ),
  ];
  rows.push(await videoRow());
  const { works, sentence } = await parts.metadata.available();
  rows.push({ what: 'metadata', ok: works, detail: sentence });
  const trouble = parts.speech.trouble();
  const program = await parts.packs.speech.program();
  rows.push({
    what: 'speech',
    // Without a pack nothing is wrong: speech is something that can be added.
    ok: trouble === null || parts.speech.chosenId() === null,
    detail:
      trouble === null
        ? `${parts.speech.chosenId() ?? ''} hears what is said, by ${program.sentence}`
        : `not installed: ${trouble}${program.works ? ` (${program.sentence} is here)` : ''}`,
  });
  for (const pack of await parts.packs.list()) {
    const { ok, files } = await parts.packs.verify(pack.packId);
    const bad = files.filter((file) => !file.ok).map((file) => `${file.path}: ${file.detail}`);
    rows.push({ what: `pack ${pack.packId}`, ok, detail: ok ? pack.summary : bad.join('; ') });
  }
  try {
    const space = await parts.spaces.active();
    rows.push({
      what: 'encoder',
      ok: true,
      detail: `${space.packId} runs; ${String(space.index.count())} moments`,
    });
  } catch (error) {
    rows.push({ what: 'encoder', ok: false, detail: error instanceof Error ? error.message : String(error) });
  }
  return rows;
}

function row(what: string, detail: () => string): DoctorRow {
  try {
    return { what, ok: true, detail: detail() };
  } catch (error) {
    return { what, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Which ffmpeg is used, and what of people's films and recordings it can decode. */
async function videoRow(): Promise<DoctorRow> {
  const what = 'video and sound';
  try {
    const { programs, decodes, lacks, hardware } = await abilities();
    const origin = {
      environment: 'named by AFTERIMAGE_FFMPEG',
      system: "the system's",
      package: 'brought along',
    }[programs.origin];
    const parts = [
      `ffmpeg ${programs.version} (${origin}, ${programs.ffmpeg})`,
      `decodes ${decodes.join(', ')}`,
      ...(lacks.length === 0 ? [] : [`cannot decode ${lacks.join(', ')}`]),
      ...(hardware.length === 0 ? [] : [`names hardware: ${hardware.join(', ')}`]),
    ];
    return { what, ok: true, detail: parts.join('; ') };
  } catch (error) {
    return { what, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
