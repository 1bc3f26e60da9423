// One file of an import: what it has to hold, and which file was chosen; a file may be dropped on it.
import { CloseOutlined, FileOutlined } from '@ant-design/icons';
import { Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.ts';

interface Props {
  role: 'communities' | 'buildings' | 'barriers' | 'institutions';
  required: boolean;
  file: File | null;
  onChoose: (file: File | null) => void;
}

const BYTES_PER_KIBIBYTE = 1_024;
const BYTES_PER_MEBIBYTE = 1_048_576;

export function FileField({ role, required, file, onChoose }: Props) {
  const { t } = useTranslation();
  const { decimal } = useFormat();
  const name = t(`panels:import.file.${role}.name`);
  return (
    <div className="file-field">
      <div>
        <strong>{name}</strong> <span className="small quiet">{t(required ? 'panels:import.required' : 'panels:import.optional')}</span>
        <p className="small quiet">{t(`panels:import.file.${role}.holds`)}</p>
      </div>
      {file === null ? (
        <Upload.Dragger
          accept=".geojson,.json,.gz"
          showUploadList={false}
          beforeUpload={(chosen) => {
            onChoose(chosen);
            return false;
          }}
        >
          <span className="small">{t('panels:import.choose')}</span>
        </Upload.Dragger>
      ) : (
        <span className="chosen-file">
          <FileOutlined /> <span className="clip">{file.name}</span>
          <span className="small quiet">{sizeText(file.size, decimal)}</span>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('panels:import.drop', { name })}
            onClick={() => onChoose(null)}
          />
        </span>
      )}
    </div>
  );
}

/** No file is 0 of anything. */
export const sizeText = (bytes: number, decimal: (value: number) => string): string =>
  bytes < BYTES_PER_MEBIBYTE
    ? `${decimal(Math.max(1, Math.round(bytes / BYTES_PER_KIBIBYTE)))} KiB`
    : `${decimal(bytes / BYTES_PER_MEBIBYTE)} MiB`;
