// The frame of what takes the place of the left panel: a title, what belongs to it, a way back.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import './lifecycle.css';

interface Props {
  id: string;
  title: string;
  /** Beside the title. */
  head?: ReactNode;
  children: ReactNode;
  /** Stays below when the rest is scrolled. */
  foot?: ReactNode;
  wide?: boolean;
}

export function Desk({ id, title, head, children, foot, wide = false }: Props) {
  const { t } = useTranslation();
  const openDialog = useLayout((layout) => layout.openDialog);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    useWorkspace.getState().chooseTool('select');
    panel.current?.focus();
  }, []);
  return (
    <aside
      ref={panel}
      className={`panel desk${wide ? ' is-wide' : ''}`}
      role="dialog"
      aria-label={title}
      data-testid={id}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && event.target === event.currentTarget && openDialog(null)}
    >
      <header className="desk-head">
        <h2>{title}</h2>
        {head}
        <Button type="text" icon={<CloseOutlined />} aria-label={t('shell:close')} onClick={() => openDialog(null)} />
      </header>
      <div className="desk-body">{children}</div>
      {foot !== undefined && <footer className="desk-foot">{foot}</footer>}
    </aside>
  );
}
