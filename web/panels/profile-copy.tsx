// Makes new rules that begin as the newest version of those in hand: for a city or a trial of its own.
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProfileEditor } from '../state/profile-editor-store.ts';
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

export function ProfileCopy({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = useProfileEditor((editor) => editor.copy);
  const saving = useProfileEditor((editor) => editor.working === 'saving');
  const name = useProfileEditor((editor) => editor.newest?.content.name);
  const problem = useWorkspace((workspace) => workspace.problem);
  const make = async ({ id, note, ...names }: Entered): Promise<void> => {
    if (await copy({ id, note, name: names })) onClose();
  };
  const needed = [{ required: true, whitespace: true, message: t('profiles:refusal.missing') }];
  const word = { required: true, pattern: /^[a-z0-9-]+$/, message: t('profiles:copy.idForm') };
  return (
    <Modal open={open} title={t('profiles:copy.title')} footer={null} width={480} destroyOnHidden onCancel={onClose}>
      <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => void make(entered)}>
        <p className="quiet">{t('profiles:copy.meaning', { name: name?.zh })}</p>
        <Form.Item name="zh" label={t('profiles:copy.zh')} rules={needed}>
          <Input maxLength={MAX_NAME} placeholder={t('profiles:copy.zhExample')} />
        </Form.Item>
        <Form.Item name="en" label={t('profiles:copy.en')} rules={needed}>
          <Input maxLength={MAX_NAME} />
        </Form.Item>
        <Form.Item name="id" label={t('profiles:copy.id')} rules={[word]}>
          <Input maxLength={MAX_NAME} className="mono" placeholder="zhangye-2026" />
        </Form.Item>
        <Form.Item name="note" label={t('profiles:note')} rules={needed}>
          <Input maxLength={MAX_NOTE} />
        </Form.Item>
        {problem !== null && <ProblemText problem={problem} />}
        <Button type="primary" htmlType="submit" loading={saving}>
          {t('profiles:copy.make')}
        </Button>
      </Form>
    </Modal>
  );
}
