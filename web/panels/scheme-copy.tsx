// Makes a new code scheme that begins as the newest version of the one in hand.
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSchemes } from '../state/schemes.ts';
import { useWorkspace } from '../state/store.ts';
import { ProblemText } from './problem-card.tsx';

const MAX_NAME = 60;
const MAX_NOTE = 300;

interface Entered {
  id: string;
  zh: string;
  en: string;
  note: string;
}

export function SchemeCopyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = useSchemes((editor) => editor.copy);
  const working = useSchemes((editor) => editor.working);
  const problem = useWorkspace((workspace) => workspace.problem);
  const make = async ({ id, note, ...name }: Entered): Promise<void> => {
    if (await copy({ id, note, name })) onClose();
  };
  const needed = [{ required: true, whitespace: true, message: t('profiles:refusal.missing') }];
  const word = { required: true, pattern: /^[a-z0-9-]+$/, message: t('profiles:copy.idForm') };
  return (
    <Modal open={open} title={t('schemes:copy.open')} footer={null} width={480} destroyOnHidden onCancel={onClose}>
      <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => void make(entered)}>
        <p className="quiet">{t('schemes:copy.meaning')}</p>
        <Form.Item name="zh" label={t('profiles:copy.zh')} rules={needed}>
          <Input maxLength={MAX_NAME} />
        </Form.Item>
        <Form.Item name="en" label={t('profiles:copy.en')} rules={needed}>
          <Input maxLength={MAX_NAME} />
        </Form.Item>
        <Form.Item name="id" label={t('profiles:copy.id')} rules={[word]}>
          <Input maxLength={MAX_NAME} className="mono" placeholder="gansu16" />
        </Form.Item>
        <Form.Item name="note" label={t('profiles:note')} rules={needed}>
          <Input maxLength={MAX_NOTE} />
        </Form.Item>
        {problem !== null && <ProblemText problem={problem} />}
        <Button type="primary" htmlType="submit" loading={working}>
          {t('profiles:copy.make')}
        </Button>
      </Form>
    </Modal>
  );
}
