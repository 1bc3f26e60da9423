// How a region of the tree stands: ended, new, renamed or known by name only; and the table of codes that says so.
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';
import { useRegions } from '../state/regions.ts';
import './region-standing.css';

/** @param short shown in place of the name, which the tooltip has in full */
export function RegionName({ code, name, short = name }: { code: string; name: string; short?: string }) {
  const { t } = useTranslation();
  const regions = useRegions((state) => state.regions);
  const standing = useRegions((state) => state.standings.get(code));
  const region = regions.get(code);
  if (standing === undefined || region === undefined) {
    return (
      <span className="clip" title={name}>
        {short}
      </span>
    );
  }
  const heir = regions.get(region.successor ?? '')?.name ?? region.successor;
  const date = standing === 'ended' ? region.validTo : region.validFrom;
  const said = standing === 'ended' && heir !== null ? 'endedTo' : standing;
  const sentences = [t(`regions:standing.${said}`, { date, heir, name: region.formerName })];
  const nameOnly = region.bounds === null && region.level === 'community';
  if (nameOnly && standing !== 'name-only' && standing !== 'virtual') sentences.push(t('regions:standing.name-only'));
  return (
    <Tooltip placement="right" title={[name, ...sentences].map((line) => <div key={line}>{line}</div>)}>
      <span className={`clip region-standing is-${standing}${nameOnly ? ' is-name-only' : ''}`}>
        {short} <span className="region-mark">{t(`regions:standing.${standing}Short`, { date })}</span>
      </span>
    </Tooltip>
  );
}

/** The newest table of codes, below the tree; nothing where none was taken in. */
export function RegionTableNote() {
  const { t } = useTranslation();
  const format = useFormat();
  const table = useRegions((state) => state.table);
  if (table === null) return null;
  const { validFrom: date, source, actor } = table;
  const [at, rows] = [format.date(table.at), format.count(table.rows)];
  return (
    <p className="region-table-note" title={t('regions:tableHint', { actor, at, rows })}>
      {t('regions:table', { date, source })}
    </p>
  );
}
