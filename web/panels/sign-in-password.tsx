// Another password of one's own: forced at the first sign-in, or asked for in the account menu.
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '../../core/accounts/password.ts';
import { useWorkspace } from '../state/store.ts';

interface Entered {
  current: string;
  password: string;
  repeat: string;
}

export function PasswordForm({ hint, onDone }: { hint?: string; onDone?: () => void }) {
  const { t } = useTranslation();
  const changePassword = useWorkspace((workspace) => workspace.changePassword);
  const signingIn = useWorkspace((workspace) => workspace.signingIn);
  const needed = { required: true, message: t('session:missing') };
  const send = async ({ current, password }: Entered): Promise<void> => {
    if (await changePassword({ current, password })) onDone?.();
  };
  return (
    <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => void send(entered)}>
      <h2>{t('session:change.title')}</h2>
      {hint !== undefined && <p>{hint}</p>}
      <Form.Item name="current" label={t('session:change.current')} rules={[needed]}>
        <Input.Password autoFocus autoComplete="current-password" maxLength={MAX_PASSWORD_CHARACTERS} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('session:change.password')}
        extra={t('session:change.rule', { count: MIN_PASSWORD_CHARACTERS })}
        rules={[needed]}
      >
        <Input.Password autoComplete="new-password" maxLength={MAX_PASSWORD_CHARACTERS} />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t('session:change.repeat')}
        dependencies={['password']}
        rules={[
          needed,
          ({ getFieldValue }) => ({
            validator: (_, value: string) =>
              !value || value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('session:change.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={MAX_PASSWORD_CHARACTERS} />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={signingIn}>
        {t('session:change.save')}
      </Button>
    </Form>
  );
}
