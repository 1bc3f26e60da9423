// Makes an account; its first password is made here and shown once.
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NewAccount } from '../../core/accounts/account.ts';
import { useAccounts } from '../state/accounts.ts';
import { useWorkspace } from '../state/store.ts';
import { AccountFields } from './account-fields.tsx';
import { ProblemText } from './problem-card.tsx';

type Entered = Omit<NewAccount, 'password'>;

export function AccountMaker({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const make = useAccounts((accounts) => accounts.make);
  const working = useAccounts((accounts) => accounts.working);
  const problem = useWorkspace((workspace) => workspace.problem);
  const send = async (entered: Entered): Promise<void> => {
    if (await make({ ...entered, organ: entered.organ ?? '' })) onClose();
  };
  const form = { required: true, pattern: /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,39}$/u, message: t('accounts:form.loginForm') };
  return (
    <Modal open={open} title={t('accounts:make')} footer={null} width={480} className="account-maker" destroyOnHidden onCancel={onClose}>
      <Form<Entered>
        name="new-account"
        layout="vertical"
        requiredMark={false}
        initialValues={{ organ: '' }}
        onFinish={(entered) => void send(entered)}
      >
        <Form.Item name="login" label={t('accounts:form.login')} extra={t('accounts:form.loginHint')} rules={[form]}>
          <Input className="mono" maxLength={40} autoComplete="off" autoFocus />
        </Form.Item>
        <AccountFields />
        <p className="small quiet account-later">{t('accounts:form.roleLater')}</p>
        {problem !== null && <ProblemText problem={problem} />}
        <Button type="primary" htmlType="submit" loading={working}>
          {t('accounts:form.make')}
        </Button>
      </Form>
    </Modal>
  );
}
