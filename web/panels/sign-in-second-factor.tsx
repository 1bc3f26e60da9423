// The second factor: the code that the phone shows, and before the first one the secret that makes it show any.
import { Button, Form, Input, QRCode, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../core/api/messages.ts';
import { useWorkspace } from '../state/store.ts';

type Factor = NonNullable<Session['secondFactor']>;
const QR_PX = 176;
const SECRET_GROUP = 4;

/** @param required the role asks for it; otherwise it is somebody's own wish */
export function SecondFactorForm({ factor, required, onDone }: { factor: Factor; required: boolean; onDone?: () => void }) {
  const { t } = useTranslation();
  const prove = useWorkspace((workspace) => workspace.proveSecondFactor);
  const signingIn = useWorkspace((workspace) => workspace.signingIn);
  const enrols = factor.need === 'enrol';
  const send = async ({ code }: { code: string }): Promise<void> => {
    if (await prove(code.trim())) onDone?.();
  };
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={(entered) => void send(entered)}>
      <h2>{t(enrols ? 'session:factor.enrolTitle' : 'session:factor.enterTitle')}</h2>
      <p>{t(enrols ? (required ? 'session:factor.enrolHint' : 'session:factor.ownHint') : 'session:factor.enterHint')}</p>
      {enrols && <Enrolment address={factor.address} />}
      <Form.Item
        name="code"
        label={t('session:code')}
        rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: t('session:codeForm') }]}
      >
        <Input autoFocus className="sign-in-code" inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
      </Form.Item>
      <Button type="primary" size="large" block htmlType="submit" loading={signingIn}>
        {t(enrols ? 'session:factor.bind' : 'session:factor.confirm')}
      </Button>
    </Form>
  );
}

function Enrolment({ address }: { address: string }) {
  const { t } = useTranslation();
  const secret = new URL(address).searchParams.get('secret') ?? '';
  const grouped = secret.match(new RegExp(`.{1,${SECRET_GROUP}}`, 'g'))?.join(' ') ?? '';
  return (
    <div className="sign-in-enrolment">
      <QRCode value={address} size={QR_PX} type="svg" aria-label={t('session:factor.qr')} />
      <div>
        <p className="small quiet">{t('session:factor.secret')}</p>
        <Typography.Text
          className="mono"
          data-testid="second-factor-secret"
          copyable={{ text: secret, tooltips: [t('session:factor.copy')] }}
        >
          {grouped}
        </Typography.Text>
      </div>
    </div>
  );
}
