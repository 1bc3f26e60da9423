// The sheets: map with title, legend, scale, north arrow and marks, the register beside it and, where it is longer, on sheets of its own.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDataAttribution } from '../map/data-attribution.ts';
import { scaleOf, scaleText } from '../map/scale-bar.ts';
import { drawSheetMap, type SheetPicture } from '../map/sheet-map.ts';
import { type Bounds, boundsOfCommunities } from '../state/bounds.ts';
import { useWorkspace } from '../state/store.ts';
import { LegendLists } from './legend.tsx';
import { type Paper, paperSize } from './paper.ts';
import { Register, useRegister } from './print-register.tsx';

export type Extent = 'community' | 'plan';

interface Props {
  paper: Paper;
  extent: Extent;
  onReady: (ready: boolean) => void;
}

export function PrintSheets({ paper, extent, onReady }: Props) {
  const { t } = useTranslation();
  const { rows: beside } = paperSize(paper);
  const register = useRegister(extent);
  const further: (typeof register.rows)[] = [];
  for (let at = beside; at < register.rows.length; at += 2 * beside) further.push(register.rows.slice(at, at + 2 * beside));
  return (
    <>
      <section className={`sheet is-${paper}`} data-testid="sheet">
        <SheetHead extent={extent} />
        <div className="sheet-body">
          <SheetMap paper={paper} extent={extent} onReady={onReady} />
          <Register register={register} rows={register.rows.slice(0, beside)} sum={further.length === 0} />
        </div>
        <SheetFoot />
      </section>
      {further.map((rows, index) => (
        <section key={rows[0]?.key} className={`sheet is-${paper}`}>
          <SheetHead extent={extent} continued={t('print:continued', { page: index + 2 })} />
          <div className="sheet-body is-register">
            <Register register={register} rows={rows.slice(0, beside)} sum={false} />
            <Register register={register} rows={rows.slice(beside)} sum={index === further.length - 1} />
          </div>
          <SheetFoot />
        </section>
      ))}
    </>
  );
}

function SheetHead({ extent, continued = '' }: { extent: Extent; continued?: string }) {
  const { t } = useTranslation();
  const plan = useWorkspace((workspace) => workspace.plan);
  const community = useWorkspace(({ active, progress }) => (active === null ? '' : (progress.get(active.code)?.name ?? '')));
  if (plan === null) return null;
  const place = extent === 'community' ? `${plan.regionName}${t('print:joint')}${community}` : plan.regionName;
  return (
    <header className="sheet-head">
      <h1>
        {t('print:title', { place })}
        {continued}
      </h1>
      <p>
        {plan.name} · {t(`lifecycle:state.${plan.state}`)}
      </p>
    </header>
  );
}

function SheetMap({ paper, extent, onReady }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [picture, setPicture] = useState<SheetPicture | null>(null);
  useEffect(() => {
    if (frame.current === null) return;
    onReady(false);
    const drawing = drawSheetMap(frame.current, boundsOf(extent), paperSize(paper).pixelRatio);
    let wanted = true;
    void drawing.picture.then((drawn) => {
      if (!wanted) return;
      setPicture(drawn);
      onReady(true);
    });
    return () => {
      wanted = false;
      drawing.stop();
    };
  }, [paper, extent, onReady]);
  return (
    <div className="sheet-map">
      <div ref={frame} className="sheet-drawing" aria-hidden="true" />
      {picture === null ? (
        <p className="sheet-waiting">{t('print:drawing')}</p>
      ) : (
        <>
          <img src={picture.address} alt={t('shell:map')} data-testid="sheet-picture" />
          <NorthArrow />
          <SheetScale picture={picture} />
        </>
      )}
      <div className="sheet-legend legend-columns">
        <LegendLists />
      </div>
    </div>
  );
}

function boundsOf(extent: Extent): Bounds {
  const { active, progress } = useWorkspace.getState();
  const community = active === null ? undefined : progress.get(active.code);
  return boundsOfCommunities(extent === 'community' && community !== undefined ? [community] : [...progress.values()]);
}

function NorthArrow() {
  const { t } = useTranslation();
  return (
    <svg className="sheet-north" viewBox="0 0 24 40" role="img" aria-label={t('print:north')}>
      <text x="12" y="11" textAnchor="middle" fontSize="12" fontWeight="600">
        {t('print:northLetter')}
      </text>
      <path d="M12 14 L20 38 L12 33 Z" fill="#1d2530" stroke="#1d2530" />
      <path d="M12 14 L4 38 L12 33 Z" fill="#fff" stroke="#1d2530" />
    </svg>
  );
}

function SheetScale({ picture: { view } }: { picture: SheetPicture }) {
  const { metres, pixels } = scaleOf(view);
  return (
    <span className="sheet-scale" style={{ width: pixels }}>
      {scaleText(metres)}
    </span>
  );
}

function SheetFoot() {
  const { t, i18n } = useTranslation();
  const map = useWorkspace((workspace) => workspace.health?.map);
  const dataBy = useDataAttribution();
  const unit = useWorkspace((workspace) => workspace.plan?.regionName ?? '');
  const date = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long' }).format(new Date());
  return (
    <footer className="sheet-foot">
      <span>{t('print:by', { unit, date })}</span>
      <span>{[t('tools:map.boundaryNote'), map?.synthetic && t('tools:map.synthetic'), dataBy].filter(Boolean).join(' · ')}</span>
      <strong>{map?.sheetMark}</strong>
    </footer>
  );
}
