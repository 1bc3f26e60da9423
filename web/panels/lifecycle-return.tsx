// Returning a plan: nothing goes back without a reason.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepId } from '../../core/lifecycle/lifecycle.ts';
import { useLifecycle } from '../state/lifecycle.ts';

const LONGEST_REASON = 500;

export function ReturnForm({ step, onLeave }: { step: StepId; onLeave: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const working = useLifecycle((lifecycle) => lifecycle.working);
  const take = useLifecycle((lifecycle) => lifecycle.take);
  return (
    <form
      className="step-form"
      onSubmit={(event) => {
        event.preventDefault();
        void take({ step, action: 'return', reason: reason.trim() });
      }}
    >
      <Input.TextArea
        autoFocus
        aria-label={t('lifecycle:return.title')}
        placeholder={t('lifecycle:return.placeholder')}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={LONGEST_REASON}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="small quiet">{t('lifecycle:return.meaning')}</p>
      <p className="step-buttons">
        <Button danger type="primary" htmlType="submit" disabled={reason.trim() === ''} loading={working === 'return'}>
          {t('lifecycle:return.go')}
        </Button>
        <Button onClick={onLeave}>{t('shell:cancel')}</Button>
      </p>
    </form>
  );
}
