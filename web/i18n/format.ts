// Figures as the reader expects them; the unit is part of the text that holds the figure.
import { useTranslation } from 'react-i18next';

const SQUARE_METRES_PER_HECTARE = 10_000;
const BYTES_PER_KIBIBYTE = 1_024;
const BYTES_PER_MEBIBYTE = 1_048_576;

export interface Format {
  /** 12,345 */
  count: (value: number) => string;
  /** Square metres as hectares: 8.2, 820. */
  hectares: (squareMetres: number) => string;
  /** At most one decimal. */
  decimal: (value: number) => string;
  /** Moment in the reader's own time: 07-28 14:05:09. */
  moment: (iso: string) => string;
  /** 2026-07-28 */
  day: (iso: string) => string;
  /** With its year, for what is kept for years: 2026-07-28 14:05. */
  date: (iso: string) => string;
}

export function formatFor(language: string): Format {
  const locale = language === 'en' ? 'en-GB' : 'zh-CN';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(locale, {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat('sv', { dateStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
  return {
    count: (value) => whole.format(value),
    decimal: (value) => tenth.format(value),
    hectares: (squareMetres) => {
      const hectares = squareMetres / SQUARE_METRES_PER_HECTARE;
      return (hectares < 100 ? tenth : whole).format(hectares);
    },
    moment: (iso) => moment.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
  };
}

/** No file is 0 of anything. */
export const sizeText = (bytes: number, decimal: Format['decimal']): string =>
  bytes < BYTES_PER_MEBIBYTE
    ? `${decimal(Math.max(1, Math.round(bytes / BYTES_PER_KIBIBYTE)))} KiB`
    : `${decimal(bytes / BYTES_PER_MEBIBYTE)} MiB`;

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatFor(i18n.language);
}
