// Over everything while nobody is signed in: login and password, a code, a password of one's own. What was open stays below it.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../core/api/messages.ts';
import { chooseLanguage } from '../i18n/texts.ts';
import { useWorkspace } from '../state/store.ts';
import mark from '../theme/mark.svg';
import { ProblemText } from './problem-card.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { PasswordForm } from './sign-in-password.tsx';
import { SecondFactorForm } from './sign-in-second-factor.tsx';
import './sign-in.css';

export function SignInScreen({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const owner = useWorkspace((workspace) => workspace.owner);
  const problem = useWorkspace((workspace) => workspace.signInProblem);
  return (
    <div className="sign-in" role="dialog" aria-modal="true" aria-label={t('session:title')}>
      <div className="sign-in-card">
        <h1 className="product">
          <img src={mark} alt="" width={32} height={32} />
          <span>{t('shell:product')}</span>
        </h1>
        {owner !== null && owner.login !== '' && (
          <p role="status">
            <strong>{t('session:ended')}</strong> {t('session:endedKept', { name: owner.name })}
          </p>
        )}
        <FailedSignOn />
        <Step session={session} />
        {problem !== null && (
          <div className="sign-in-problem" role="alert">
            <ProblemText problem={problem} />
            {problem.until !== undefined && <LockEnd until={problem.until} />}
          </div>
        )}
        <OtherAccount session={session} />
      </div>
      <Button type="text" className="sign-in-language" onClick={() => void chooseLanguage(i18n.language === 'en' ? 'zh' : 'en')}>
        {t('shell:actions.language')}
      </Button>
    </div>
  );
}

function Step({ session }: { session: Session }) {
  const { t } = useTranslation();
  if (session.secondFactor !== null) return <SecondFactorForm factor={session.secondFactor} required />;
  if (session.passwordChange) return <PasswordForm hint={t('session:change.forced')} />;
  return <SignInForm singleSignOn={session.singleSignOn} />;
}

function LockEnd({ until }: { until: string }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short', hourCycle: 'h23' }).format(new Date(until));
  return <span className="small">{t('session:lockedUntil', { time })}</span>;
}

/** Single sign-on comes back with what went wrong in the address of the page. */
function FailedSignOn() {
  const { t, i18n } = useTranslation();
  const [failure] = useState(takeFailure);
  if (failure === null || !i18n.exists(`session:failure.${failure}`)) return null;
  return (
    <p className="sign-in-problem" role="alert">
      {t(`session:failure.${failure}`)}
    </p>
  );
}

/** Said once: a reload of the page does not say it again. */
function takeFailure(): string | null {
  const failure = new URLSearchParams(location.search).get('sign-in');
  if (failure !== null) history.replaceState(null, '', location.pathname);
  return failure;
}

/** The way back from a step in between. */
function OtherAccount({ session }: { session: Session }) {
  const { t } = useTranslation();
  const signOut = useWorkspace((workspace) => workspace.signOut);
  if (session.secondFactor === null && !session.passwordChange) return null;
  return (
    <Button type="link" size="small" onClick={() => void signOut()}>
      {t('session:otherAccount')}
    </Button>
  );
}
