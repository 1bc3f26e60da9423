// The small handle on the edge of the map that folds a side panel away and brings it back.
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { actionOf } from '../actions/actions.ts';
import { useLayout } from '../state/layout.ts';

export function FoldTab({ side }: { side: 'left' | 'right' }) {
  const { t } = useTranslation();
  const open = useLayout((layout) => (side === 'left' ? layout.leftOpen : layout.rightOpen));
  const { key, run } = actionOf(side);
  const name = t(`shell:actions.${side}`);
  return (
    <Tooltip
      title={
        <>
          {name} <kbd>{key}</kbd>
        </>
      }
      placement={side === 'left' ? 'right' : 'left'}
    >
      <button type="button" className={`fold-tab at-${side}`} aria-label={name} aria-expanded={open} onClick={run}>
        {(side === 'left') === open ? <LeftOutlined /> : <RightOutlined />}
      </button>
    </Tooltip>
  );
}
