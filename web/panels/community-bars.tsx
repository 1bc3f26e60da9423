// Three thin bars: how much of a community is drawn, free of issues, coded.
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CommunityProgress } from '../../core/api/messages.ts';

export function CommunityBars({ community }: { community: CommunityProgress }) {
  const { t } = useTranslation();
  const { blocks, blocksAssigned, grids, gridsCoded, errors, warnings } = community;
  const checked = grids === 0 ? 0 : Math.max(0, 1 - (errors + warnings) / Math.max(grids, errors + warnings));
  const lines = [
    t('panels:tree.drawn', { done: blocksAssigned, total: blocks }),
    t('panels:tree.checks', { errors, warnings }),
    t('panels:tree.codes', { done: gridsCoded, total: grids }),
  ];
  return (
    <Tooltip placement="right" title={lines.map((line) => <div key={line}>{line}</div>)}>
      <span className="community-bars" role="img" aria-label={lines.join(', ')}>
        <Bar name="drawn" share={blocks === 0 ? 0 : blocksAssigned / blocks} />
        <Bar name={errors > 0 ? 'errors' : warnings > 0 ? 'warnings' : 'checked'} share={checked} />
        <Bar name="coded" share={grids === 0 ? 0 : gridsCoded / grids} />
      </span>
    </Tooltip>
  );
}

function Bar({ name, share }: { name: string; share: number }) {
  return (
    <span className="thin-bar">
      <span className={`thin-bar-fill is-${name}`} style={{ width: `${share * 100}%` }} />
    </span>
  );
}
