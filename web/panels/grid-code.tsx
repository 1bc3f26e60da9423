// A grid code as it is read aloud: groups of 6, 3, 3, 3.
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import { useCodes } from '../state/codes.ts';

const GROUPS = /^(\d{6})(\d{3})(\d{3})(\d{3})(\d*)$/;

/** 620724100001003 → 620724·100·001·003; a code of another shape stays as it is. */
export function groupedCode(code: string): string {
  return (
    GROUPS.exec(code)
      ?.slice(1)
      .filter((group) => group !== '')
      .join('·') ?? code
  );
}

export function GridCode({ code, state }: { code: string | null; state: GridProperties['codeState'] }) {
  const { t } = useTranslation();
  if (code === null) return <span className="small quiet">{t('panels:grid.noCode')}</span>;
  return (
    <div className="grid-line">
      <button
        type="button"
        className="mono grid-code"
        title={code}
        data-testid="grid-code"
        onClick={() => void useCodes.getState().look(code)}
      >
        {groupedCode(code)}
      </button>
      {state !== null && <span className="code-state">{t(`panels:codeState.${state}`)}</span>}
    </div>
  );
}
