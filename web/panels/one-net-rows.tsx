// Old grids one by one: where their households went, as bars; a click shows the place.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OneNetPortion, OneNetRow } from '../../core/api/one-net-messages.ts';
import { NEGLIGIBLE_SHARE } from '../../core/one-net/old-grid.ts';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import { useFormat } from '../i18n/format.ts';
import { useOneNet } from '../state/one-net.ts';

/** Rows drawn at first and with every “more”. */
const PAGE_ROWS = 100;

export function OneNetRows({ rows }: { rows: readonly OneNetRow[] }) {
  const { t } = useTranslation();
  const [drawn, setDrawn] = useState(PAGE_ROWS);
  return (
    <ul className="one-net-rows">
      {rows.slice(0, drawn).map((row) => (
        <Row key={row.id} row={row} />
      ))}
      {rows.length === 0 && <li className="quiet one-net-none">{t('one-net:noRows')}</li>}
      {rows.length > drawn && (
        <li>
          <Button type="link" size="small" onClick={() => setDrawn(drawn + PAGE_ROWS)}>
            {t('panels:checks.more', { count: rows.length - drawn })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Row({ row }: { row: OneNetRow }) {
  const { t } = useTranslation();
  const { count, hectares } = useFormat();
  const marked = useOneNet((state) => state.marked === row.id);
  const goTo = useOneNet((state) => state.goTo);
  const parts = row.to.filter(({ households, share }) => households > 0 || share >= NEGLIGIBLE_SHARE);
  return (
    <li>
      {/* What is too little to be listed does not stand out on the map either. */}
      <button
        type="button"
        className="one-net-row"
        data-left={row.leftOver}
        aria-pressed={marked}
        onClick={() => goTo({ ...row, to: parts })}
      >
        <span className="grid-line">
          <strong className="clip">{row.name}</strong>
          <span className={`one-net-verdict is-${row.verdict}`}>
            {t(`one-net:verdict.${row.verdict === 'mapped' && row.leftOver ? 'partly' : row.verdict}`)}
          </span>
        </span>
        <span className="small quiet clip">
          {row.code !== row.name && row.code} {shortCommunityName(row.community.name)}{' '}
          {t('one-net:size', { households: count(row.households), hectares: hectares(row.areaM2) })}
        </span>
        {parts.map((part) => (
          <Part key={part.grid} name={part.name} portion={part} />
        ))}
        {row.leftOver && <Part name={t('one-net:left')} portion={row.left} left />}
        {row.outsideShare >= NEGLIGIBLE_SHARE && (
          <span className="small quiet">{t('one-net:outside', { percent: count(row.outsideShare * 100) })}</span>
        )}
      </button>
    </li>
  );
}

function Part({ name, portion, left = false }: { name: string; portion: OneNetPortion; left?: boolean }) {
  const { t } = useTranslation();
  const { count, hectares } = useFormat();
  const { households, areaM2, share } = portion;
  return (
    <span className={`one-net-part${left ? ' is-left' : ''}`}>
      <span className="clip small">→ {name}</span>
      <span className="thin-bar">
        <span className={`thin-bar-fill ${left ? 'is-left' : 'is-drawn'}`} style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className="small value">
        {t('one-net:part', { households: count(households), hectares: hectares(areaM2), percent: count(share * 100) })}
      </span>
    </span>
  );
}
