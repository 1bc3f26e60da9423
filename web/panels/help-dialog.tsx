// Every key on one page.
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { actions } from '../actions/actions.ts';
import { useLayout } from '../state/layout.ts';
import { tools } from '../tools/registry.ts';
import './help-dialog.css';

/** What the hand does in every tool; the map listens for these itself. */
const HAND = ['finish', 'back', 'pan', 'rightPan', 'wheel', 'alt'] as const;

export function HelpDialog() {
  const { t } = useTranslation();
  const open = useLayout((layout) => layout.dialog === 'help');
  const openDialog = useLayout((layout) => layout.openDialog);
  return (
    <Modal open={open} title={t('shell:help.title')} footer={null} width={760} onCancel={() => openDialog(null)}>
      <div className="help">
        <Keys title={t('shell:tools')} rows={tools.map(({ id, key }) => [key, t(`tools:name.${id}`)])} />
        <Keys title={t('shell:help.hand')} rows={HAND.map((move) => [t(`shell:hand.${move}.key`), t(`shell:hand.${move}.does`)])} />
        <Keys title={t('shell:help.actions')} rows={actions.map(({ id, key }) => [key, t(`shell:actions.${id}`)])} />
      </div>
    </Modal>
  );
}

function Keys({ title, rows }: { title: string; rows: readonly (readonly [key: string, name: string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
