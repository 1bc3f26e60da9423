// Third step: in which coordinate system each file is. The map shows where it would lie; nothing is taken for granted without a click.
import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import type { FeatureCollection } from 'geojson';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSource } from '../../../core/api/import-messages.ts';
import { coordinateSystem } from '../../../core/geo/crs/list.ts';
import type { CrsChoice } from '../../api/import-client.ts';
import { boundsOfFeatures } from '../../state/bounds.ts';
import { hasPlace, layerOf, needsOf } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { CrsForm } from './crs-form.tsx';
import { DataMap } from './data-map.tsx';
import { NO_FEATURES, useConfirmedFeatures } from './file-features.ts';
import { SourceList, useSourceInHand } from './source-list.tsx';

export function StepCoordinates() {
  const { t } = useTranslation();
  const { sources, source } = useSourceInHand(hasPlace);
  if (source === null) return <p className="import-empty quiet">{t('import:crs.none')}</p>;
  return (
    <div className="import-pair">
      <div className="import-side">
        <ConfirmAll sources={sources} />
        <SourceList step="coordinates" sources={sources} source={source} />
      </div>
      <SourcePlace key={source.id} source={source} others={sources.filter(({ id }) => id !== source.id)} />
    </div>
  );
}

/** The way that a file says of itself, if its numbers agree and nothing has to be warned of. GeoJSON is in degrees by its standard. */
function claimed(source: ImportSource): CrsChoice | null {
  const [best] = layerOf(source)?.crsGuesses ?? [];
  if (best === undefined || best.swapAxes || coordinateSystem(best.crs)?.warning) return null;
  const says = best.reason === 'claimed' || (best.reason === 'degrees' && source.format === 'geojson');
  return says ? { crs: best.crs, swapAxes: false } : null;
}

/** One click for all files that say in which system they are, and whose numbers agree. */
function ConfirmAll({ sources }: { sources: readonly ImportSource[] }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const choose = useImport((store) => store.choose);
  const [working, setWorking] = useState(false);
  const open = sources.filter((source) => needsOf(source, 'coordinates').length > 0);
  const ready = open.flatMap((source) => {
    const choice = claimed(source);
    return choice === null ? [] : [{ source, choice }];
  });
  if (ready.length === 0) return null;
  const names = ready.map(({ choice: { crs } }) => coordinateSystem(crs)?.name[language] ?? crs);
  const confirm = async (): Promise<void> => {
    setWorking(true);
    for (const { source, choice } of ready) await choose(source.id, () => choice);
    setWorking(false);
  };
  return (
    <div className="confirm-all">
      <Button type="primary" block loading={working} onClick={() => void confirm()}>
        {t('import:crs.confirmAll', { count: ready.length })}
      </Button>
      <span className="small quiet">{t('import:crs.confirmAllHint', { systems: [...new Set(names)].join(t('import:joint')) })}</span>
    </div>
  );
}

function SourcePlace({ source, others }: { source: ImportSource; others: readonly ImportSource[] }) {
  const { t } = useTranslation();
  const best = layerOf(source)?.crsGuesses[0];
  const { crs, swapAxes } = source.choice;
  const [looked, setLooked] = useState<CrsChoice | null>(
    crs !== null ? { crs, swapAxes } : best === undefined ? null : { crs: best.crs, swapAxes: best.swapAxes },
  );
  const features = useLooked(source, looked);
  const confirmed = useConfirmedFeatures(others);
  const bounds = useMemo(() => (features === null ? null : boundsOfFeatures(features)), [features]);
  const guessed =
    layerOf(source)?.crsGuesses.find((guess) => guess.crs === looked?.crs && guess.swapAxes === looked.swapAxes)?.bounds ?? null;
  return (
    <div className="place-pair">
      <CrsForm source={source} looked={looked} onLook={setLooked} bounds={bounds} />
      <div className="import-map-place">
        <DataMap file={features ?? NO_FEATURES} others={confirmed} focus={bounds ?? guessed} />
        <p className="map-note small">
          {crs !== null && looked?.crs === crs && looked.swapAxes === swapAxes && <CheckCircleFilled className="good-mark" />}{' '}
          {t(
            looked === null
              ? 'import:map.pick'
              : features === null
                ? 'import:map.loading'
                : bounds === null
                  ? 'import:map.nowhere'
                  : 'import:map.file',
          )}
          {confirmed.features.length > 0 && ` · ${t('import:map.others')}`}
        </p>
      </div>
    </div>
  );
}

/** The features as they would lie in the system that is looked at; null: on their way, or none is. */
function useLooked(source: ImportSource, looked: CrsChoice | null): FeatureCollection | null {
  const features = useImport((store) => store.features);
  const [shown, setShown] = useState<FeatureCollection | null>(null);
  const { id } = source;
  const layer = source.choice.layer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer has other features
  useEffect(() => {
    let wanted = true;
    setShown(null);
    if (looked !== null) void features(id, looked).then((read) => wanted && setShown(read ?? NO_FEATURES));
    return () => {
      wanted = false;
    };
  }, [features, id, layer, looked?.crs, looked?.swapAxes]);
  return shown;
}
