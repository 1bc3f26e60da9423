// What somebody does with their own account: another password, a second factor.
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../core/api/messages.ts';
import { useWorkspace } from '../state/store.ts';
import { ProblemText } from './problem-card.tsx';
import { PasswordForm } from './sign-in-password.tsx';
import { SecondFactorForm } from './sign-in-second-factor.tsx';

export type AccountTask = 'password' | 'second-factor';

export function AccountDialog({ task, session, onClose }: { task: AccountTask | null; session: Session; onClose: () => void }) {
  const problem = useWorkspace((workspace) => workspace.signInProblem);
  const { forgetSignInProblem, explain } = useWorkspace.getState();
  const close = (): void => {
    forgetSignInProblem();
    onClose();
  };
  const done = (key: string): void => {
    close();
    explain(key);
  };
  return (
    <Modal open={task !== null} footer={null} width={440} destroyOnHidden className="account-dialog" onCancel={close}>
      {task === 'password' && <PasswordForm onDone={() => done('session:change.done')} />}
      {task === 'second-factor' && <OwnFactor session={session} onDone={() => done('session:factor.done')} />}
      {problem !== null && (
        <div className="sign-in-problem" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
    </Modal>
  );
}

/** First the password: a desk may be left alone. */
function OwnFactor({ session, onDone }: { session: Session; onDone: () => void }) {
  const { t } = useTranslation();
  const begin = useWorkspace((workspace) => workspace.beginSecondFactor);
  const signingIn = useWorkspace((workspace) => workspace.signingIn);
  if (session.secondFactor !== null) return <SecondFactorForm factor={session.secondFactor} required={false} onDone={onDone} />;
  return (
    <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={({ password }) => void begin(password)}>
      <h2>{t('session:factor.begin')}</h2>
      <p>{t('session:factor.beginHint')}</p>
      <Form.Item name="password" label={t('session:password')} rules={[{ required: true, message: t('session:missing') }]}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={signingIn}>
        {t('session:factor.next')}
      </Button>
    </Form>
  );
}
