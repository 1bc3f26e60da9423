// Login, password, and the code of those who have a second factor; or single sign-on.
import { Button, Divider, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Credentials } from '../api/client.ts';
import { useWorkspace } from '../state/store.ts';

export function SignInForm({ singleSignOn }: { singleSignOn: string | null }) {
  const { t } = useTranslation();
  const signIn = useWorkspace((workspace) => workspace.signIn);
  const signingIn = useWorkspace((workspace) => workspace.signingIn);
  const login = useWorkspace((workspace) => workspace.owner?.login ?? '');
  const needed = [{ required: true, message: t('session:missing') }];
  const send = ({ login: name, password, code }: Credentials): void =>
    void signIn({ login: name.trim(), password, ...(code && { code: code.trim() }) });
  return (
    <>
      <Form<Credentials> layout="vertical" requiredMark={false} initialValues={{ login }} onFinish={send}>
        <Form.Item name="login" label={t('session:login')} rules={needed}>
          <Input autoFocus={login === ''} autoComplete="username" maxLength={100} />
        </Form.Item>
        <Form.Item name="password" label={t('session:password')} rules={needed}>
          <Input.Password autoFocus={login !== ''} autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('session:code')}
          extra={t('session:codeHint')}
          rules={[{ pattern: /^\s*\d{6}\s*$/, message: t('session:codeForm') }]}
        >
          <Input className="sign-in-code" inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
        </Form.Item>
        <Button type="primary" size="large" block htmlType="submit" loading={signingIn}>
          {t('session:enter')}
        </Button>
      </Form>
      {singleSignOn !== null && (
        <>
          <Divider plain>{t('session:or')}</Divider>
          <Button size="large" block href={singleSignOn}>
            {t('session:singleSignOn')}
          </Button>
        </>
      )}
    </>
  );
}
