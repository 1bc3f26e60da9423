// Says which columns about persons are dropped before anything is stored.
import { SafetyOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SourceLayer } from '../../../core/api/import-messages.ts';

export function PersonalNotice({ layer }: { layer: SourceLayer }) {
  const { t } = useTranslation();
  const personal = layer.fields.filter((field) => field.personal !== null).map(({ name }) => name);
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
