// Print is a screen too: the sheet as it will come out, the choice of paper and extent, and the button.
import { CloseOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { PAPERS, type Paper } from './paper.ts';
import { type Extent, PrintSheets } from './print-sheets.tsx';
import './print.css';

export function PrintScreen() {
  const open = useLayout((layout) => layout.dialog === 'print');
  const hasPlan = useWorkspace((workspace) => workspace.plan !== null);
  return open && hasPlan ? <OpenPrintScreen /> : null;
}

function OpenPrintScreen() {
  const { t } = useTranslation();
  const openDialog = useLayout((layout) => layout.openDialog);
  const hasCommunity = useWorkspace((workspace) => workspace.active !== null);
  const [paper, setPaper] = useState<Paper>('A4');
  const [extent, setExtent] = useState<Extent>(hasCommunity ? 'community' : 'plan');
  const [ready, setReady] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  useEffect(() => screen.current?.focus(), []);
  return (
    <div
      ref={screen}
      className="print-screen"
      role="dialog"
      aria-modal="true"
      aria-label={t('shell:actions.print')}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && openDialog(null)}
    >
      <style>{`@page { size: ${paper} landscape; margin: 0 }`}</style>
      <header className="print-bar">
        <h2>{t('shell:actions.print')}</h2>
        <Segmented
          value={paper}
          onChange={setPaper}
          options={[...PAPERS.keys()].map((value) => ({ value, label: t(`print:paper.${value}`) }))}
        />
        <Segmented
          value={extent}
          onChange={setExtent}
          options={(['community', 'plan'] as const).map((value) => ({
            value,
            label: t(`print:extent.${value}`),
            disabled: value === 'community' && !hasCommunity,
          }))}
        />
        <span className="quiet small">{t('print:hint')}</span>
        <span className="print-buttons">
          <Button type="primary" icon={<PrinterOutlined />} disabled={!ready} loading={!ready} onClick={() => window.print()}>
            {t('shell:actions.print')} <kbd>Ctrl+P</kbd>
          </Button>
          <Button type="text" icon={<CloseOutlined />} aria-label={t('shell:close')} onClick={() => openDialog(null)} />
        </span>
      </header>
      <div className="print-desk">
        <PrintSheets key={`${paper} ${extent}`} paper={paper} extent={extent} onReady={setReady} />
      </div>
    </div>
  );
}
