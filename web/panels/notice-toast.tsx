// A short word about what has just happened; it goes by itself.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../state/store.ts';
import './notice-toast.css';

const SHOWN_MS = 4_000;

export function NoticeToast() {
  const { t } = useTranslation();
  const notice = useWorkspace((workspace) => workspace.notice);
  const [gone, setGone] = useState(0);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setGone(notice.serial), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const shown = notice !== null && notice.serial !== gone;
  return (
    <div className="notice-place" aria-live="polite">
      {shown && <div className="notice-toast">{t(notice.key, { ...notice.values, ...operationName(notice.values, t) }).trim()}</div>}
    </div>
  );
}

/** Notices name operations by their type; the reader sees the word for it. */
function operationName(values: Readonly<Record<string, string | number>>, t: (key: string) => string): Record<string, string> {
  return values.operation === undefined ? {} : { operation: t(`panels:operation.${values.operation}`) };
}
