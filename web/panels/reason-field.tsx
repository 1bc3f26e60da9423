// The written reason that turns a size warning into a recorded exception.
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BandState, GridProperties } from '../../core/api/messages.ts';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';

const LONGEST_REASON = 500;

export function ReasonField({ grid, band }: { grid: GridProperties; band: BandState }) {
  const { t } = useTranslation();
  const transact = useWorkspace((workspace) => workspace.transact);
  const wanted = useLayout((layout) => layout.reasonWanted === grid.id);
  const reasonTaken = useLayout((layout) => layout.reasonTaken);
  const [text, setText] = useState(grid.reason);
  const field = useRef<InputRef>(null);
  useEffect(() => setText(grid.reason), [grid.reason]);
  useEffect(() => {
    if (!wanted) return;
    field.current?.focus();
    reasonTaken();
  }, [wanted, reasonTaken]);
  if (grid.reason === '' && (band === 'in' || band === 'free')) return null;
  const save = (): void => {
    if (text.trim() !== grid.reason) void transact({ type: 'describe', grid: grid.id, set: { reason: text.trim() } });
  };
  return (
    <section className="panel-section">
      <h3>{t('panels:reason.title')}</h3>
      <Input.TextArea
        ref={field}
        aria-label={t('panels:reason.title')}
        aria-describedby="reason-meaning"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={LONGEST_REASON}
        placeholder={t('panels:reason.placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
        }}
      />
      <p id="reason-meaning" className="small quiet">
        {t('panels:reason.meaning')}
      </p>
    </section>
  );
}
