// The password that was just set for somebody: shown once, to be handed over.
import { Button, Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '../state/accounts.ts';

export function HandedOutPassword() {
  const { t } = useTranslation();
  const handedOut = useAccounts((accounts) => accounts.handedOut);
  const forget = useAccounts((accounts) => accounts.forgetPassword);
  return (
    <Modal
      open={handedOut !== null}
      title={t('accounts:handedOut.title', { name: handedOut?.name ?? '' })}
      width={440}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={forget}>
          {t('accounts:handedOut.done')}
        </Button>
      }
    >
      <dl className="account-handed-out">
        <dt>{t('accounts:handedOut.login')}</dt>
        <dd className="mono">{handedOut?.login}</dd>
        <dt>{t('accounts:handedOut.password')}</dt>
        <dd>
          <Typography.Text
            className="mono"
            data-testid="handed-out-password"
            copyable={{ text: handedOut?.password ?? '', tooltips: [t('accounts:handedOut.copy')] }}
          >
            {handedOut?.password}
          </Typography.Text>
        </dd>
      </dl>
      <p>{t('accounts:handedOut.once')}</p>
    </Modal>
  );
}
