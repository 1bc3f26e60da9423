// Time-based one-time passwords (RFC 6238): the second factor, as authenticator apps make them.
import { Secret, TOTP } from 'otpauth';

/** Codes of the step before and after are taken, too: clocks differ. */
const WINDOW_STEPS = 1;

export const newSecret = (): string => new Secret().base32;

/** What an authenticator app reads, as text or as a QR code. */
export const enrolmentAddress = (secret: string, login: string): string => generator(secret, login).toString();

/** Number of the time step that the code belongs to; null: it is not the code. */
export function timeStepOf(code: string, secret: string, now: Date): number | null {
  const totp = generator(secret);
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW_STEPS });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

const generator = (secret: string, label = ''): TOTP => new TOTP({ issuer: 'OneGrid', label, secret: Secret.fromBase32(secret) });
