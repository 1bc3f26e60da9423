// Ranges of grid numbers that the province has handed out: to which region, by whom; and handing out another one.
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Region } from '../../core/api/messages.ts';
import type { NewRange } from '../api/scheme-client.ts';
import { useFormat } from '../i18n/format.ts';
import { useWhyNot } from '../state/may.ts';
import { useSchemes } from '../state/schemes.ts';
import { useWorkspace } from '../state/store.ts';
import { useAnswer } from './use-answer.ts';

const MAX_NOTE = 300;

export function SchemeRanges() {
  const { t } = useTranslation();
  const { date, count } = useFormat();
  const ranges = useSchemes((editor) => editor.ranges);
  const counties = useCounties();
  const nameOf = (code: string): string => counties.find((county) => county.code === code)?.name ?? '';
  return (
    <div className="profile-form">
      <section className="profile-section">
        <p className="small quiet">{t('schemes:range.meaning')}</p>
        {ranges.length === 0 && <p className="quiet">{t('schemes:range.none')}</p>}
        {ranges.length > 0 && (
          <table className="profile-table" data-testid="ranges">
            <tbody>
              {ranges.map((range) => (
                <tr key={range.id}>
                  <th>
                    {nameOf(range.region)} <span className="mono small">{range.region}</span>
                  </th>
                  <td>
                    {count(range.first)}–{count(range.last)}
                  </td>
                  <td>{range.note}</td>
                  <td className="small quiet">
                    {range.actor} · {date(range.at)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <HandOut counties={counties} />
    </div>
  );
}

function HandOut({ counties }: { counties: readonly Region[] }) {
  const { t } = useTranslation();
  const handOut = useSchemes((editor) => editor.handOut);
  const working = useSchemes((editor) => editor.working);
  const mayNot = useWhyNot('govern');
  const [form] = Form.useForm<Omit<NewRange, 'scheme'>>();
  const needed = [{ required: true, message: t('profiles:refusal.missing') }];
  const send = async (range: Omit<NewRange, 'scheme'>): Promise<void> => {
    if (await handOut({ ...range, note: range.note ?? '' })) form.resetFields();
  };
  return (
    <section className="profile-section">
      <header>
        <h3>{t('schemes:range.handOut')}</h3>
      </header>
      {mayNot !== null && <p className="small quiet">{mayNot}</p>}
      <Form form={form} layout="inline" requiredMark={false} disabled={mayNot !== null} onFinish={(range) => void send(range)}>
        <Form.Item name="region" rules={needed}>
          <Select
            className="scheme-region"
            aria-label={t('schemes:range.region')}
            placeholder={t('schemes:range.region')}
            options={counties.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
          />
        </Form.Item>
        <Form.Item name="first" rules={needed}>
          <InputNumber
            aria-label={t('schemes:range.first')}
            placeholder={t('schemes:range.first')}
            controls={false}
            min={1}
            precision={0}
          />
        </Form.Item>
        <Form.Item name="last" rules={needed}>
          <InputNumber aria-label={t('schemes:range.last')} placeholder={t('schemes:range.last')} controls={false} min={1} precision={0} />
        </Form.Item>
        <Form.Item name="note">
          <Input aria-label={t('schemes:range.note')} placeholder={t('schemes:range.note')} maxLength={MAX_NOTE} />
        </Form.Item>
        <Button htmlType="submit" loading={working} title={mayNot ?? ''}>
          {t('schemes:range.make')}
        </Button>
      </Form>
    </section>
  );
}

function useCounties(): Region[] {
  const planRegions = useWorkspace((workspace) => workspace.planRegions);
  return useAnswer<Region[]>(planRegions, []);
}
