// A digest, shortened to what people compare by eye; a click copies all of it.
import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_CHARACTERS = 8;

export function DigestMark({ digest }: { digest: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(digest).then(() => setCopied(true));
  return (
    <Tooltip title={`${t('lifecycle:history.digest')} ${digest}`}>
      <button type="button" className="digest mono" aria-label={t('lifecycle:history.copy')} onClick={copy}>
        {digest.slice(0, SHOWN_CHARACTERS)} {copied ? <CheckOutlined /> : <CopyOutlined />}
      </button>
    </Tooltip>
  );
}
