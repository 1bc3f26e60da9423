// The receipt of the province, to be read, printed on one sheet, or sent back as a file.
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FilingReceipt } from '../../core/api/messages.ts';
import { download } from '../actions/download.ts';
import { filingClient } from '../api/filing-client.ts';
import { useFormat } from '../i18n/format.ts';

interface Props {
  filing: number;
  receipt: FilingReceipt;
  onClose: () => void;
}

export function Receipt({ filing, receipt, onClose }: Props) {
  const { t } = useTranslation();
  const { date, count } = useFormat();
  const facts: readonly (readonly [string, string])[] = [
    [t('filing:receipt.city'), `${receipt.cityName} ${receipt.city}`],
    [t('filing:receipt.decided'), date(receipt.decidedAt)],
    [t('filing:receipt.by'), `${receipt.organ} ${receipt.decidedBy}`],
    [t('filing:receipt.package'), receipt.package],
    [t('filing:receipt.digest'), receipt.digest],
  ];
  return (
    <Modal
      open
      width={760}
      title={t('filing:receipt.title')}
      onCancel={onClose}
      footer={
        <>
          <Button
            icon={<DownloadOutlined />}
            onClick={() =>
              download(filingClient.receiptAddress(filing, 'json'), `receipt-${receipt.city}-${receipt.package.slice(0, 8)}.json`)
            }
          >
            {t('filing:receipt.download')}
          </Button>
          <Button type="primary" icon={<PrinterOutlined />} href={filingClient.receiptAddress(filing, 'html')} target="_blank">
            {t('filing:receipt.print')}
          </Button>
        </>
      }
    >
      <dl className="receipt-facts" data-testid="receipt">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table className="receipt-parts">
        <thead>
          <tr>
            {(['region', 'decision', 'codes', 'remarks'] as const).map((column) => (
              <th key={column}>{t(`filing:receipt.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {receipt.parts.map(({ plan, region, regionName, decision, codes, remarks }) => (
            <tr key={plan}>
              <td>
                {regionName} <span className="small quiet mono">{region}</span>
              </td>
              <td>{t(`filing:decision.${decision}`)}</td>
              <td>{count(codes)}</td>
              <td>{remarks}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
