// A button that stays where it is when it cannot act, and says why.
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportWhy } from '../../state/import-steps.ts';
import { useWorkspace } from '../../state/store.ts';

interface Props {
  why: ImportWhy | null;
  onClick: () => void;
  children: ReactNode;
  primary?: boolean;
  small?: boolean;
  /** Something is under way that ends by itself. */
  disabled?: boolean;
  loading?: boolean;
}

export function WhyButton({ why, onClick, children, primary = false, small = false, disabled = false, loading = false }: Props) {
  const { t } = useTranslation();
  const sentence = why === null ? '' : t(why.key, why.values);
  return (
    <Tooltip title={sentence}>
      <Button
        type={primary ? 'primary' : 'default'}
        size={small ? 'small' : 'middle'}
        className={why === null ? '' : 'is-off'}
        aria-disabled={why !== null}
        disabled={disabled}
        loading={loading}
        onClick={() => (why === null ? onClick() : useWorkspace.getState().explain(why.key, why.values))}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
