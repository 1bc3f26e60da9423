// Says which columns about persons are dropped before anything is stored; names and phones of grid workers are not.
import { SafetyOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SourceChoice, SourceLayer } from '../../../core/api/import-messages.ts';

export function PersonalNotice({ layer, fields }: { layer: SourceLayer; fields: SourceChoice['fields'] }) {
  const { t } = useTranslation();
  const taken = new Set(Object.values(fields));
  const personal = layer.fields.filter((field) => field.personal !== null && !taken.has(field.name)).map(({ name }) => name);
  if (personal.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      icon={<SafetyOutlined />}
      title={t('import:personal.notice', { columns: personal.join(t('import:joint')) })}
    />
  );
}
