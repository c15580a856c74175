// Runs in the page: what a file says of itself as rows of a term and a value, what it does not say left out.
import type { ItemDetails } from '../../contract/media.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/i18n.ts';

type MetadataRow = readonly [term: string, value: string];

/** "1/250 s" for what is short, "2.5 s" for what is long. */
function exposure(seconds: number, format: Format): string {
  return seconds > 0 && seconds < 0.4
    ? `1/${format.number(Math.round(1 / seconds))} s`
    : `${format.number(seconds)} s`;
}

/** Makers repeat themselves: "Canon" and "Canon EOS 80D" are one name. */
function camera(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return model ?? make;
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}

export function metadataRows(item: ItemDetails, t: Translate, format: Format): MetadataRow[] {
  const { metadata } = item;
  const degrees = (value: number, digits = 4) => value.toFixed(digits);
  const shot = [
    metadata.exposureSeconds !== null && exposure(metadata.exposureSeconds, format),
    metadata.fNumber !== null && `ƒ/${format.number(metadata.fNumber)}`,
    metadata.iso !== null && `ISO ${String(metadata.iso)}`,
    metadata.focalLengthMm !== null && `${format.number(metadata.focalLengthMm)} mm`,
  ].filter((part) => part !== false);
  const megapixels = item.width && item.height ? (item.width * item.height) / 1e6 : null;
  const rows: readonly (readonly [string, string | null | false | undefined])[] = [
    [t('details.camera'), camera(metadata.cameraMake, metadata.cameraModel)],
    [t('details.lens'), metadata.lens],
    [t('details.exposure'), shot.join(' · ')],
    [
      t('details.size'),
      megapixels !== null &&
        `${String(item.width)} × ${String(item.height)} · ${t('details.megapixels', { n: format.number(megapixels) })}`,
    ],
    [t('details.format'), `${item.mediaType} · ${format.bytes(item.bytes)}`],
    [t('details.colour'), metadata.colourProfile],
    [
      t('details.place'),
      metadata.latitude !== null &&
        metadata.longitude !== null &&
        `${degrees(metadata.latitude)}, ${degrees(metadata.longitude)}`,
    ],
    [
      t('details.altitude'),
      metadata.altitudeM !== null && `${format.number(Math.round(metadata.altitudeM))} m`,
    ],
    [t('details.keywords'), format.list(metadata.keywords)],
    [
      t('details.rating'),
      metadata.rating !== null && metadata.rating > 0 && '★'.repeat(Math.round(metadata.rating)),
    ],
  ];
  return rows.flatMap(([term, value]) => (value ? [[term, value] as const] : []));
}
