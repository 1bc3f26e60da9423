// Filing beside the map: what the city sends, and the inbox of the province.
import { Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFiling } from '../state/filing.ts';
import { useWorkspace } from '../state/store.ts';
import { FilingsSent } from './filing-sent.tsx';
import { Inbox } from './inbox-list.tsx';
import { InboxPackage } from './inbox-package.tsx';
import { Desk } from './lifecycle-desk.tsx';
import './filing.css';

type Tab = 'sent' | 'inbox';

export function FilingPanel() {
  const { t } = useTranslation();
  const permissions = useWorkspace(({ session }) => session?.account?.permissions);
  const tabs: Tab[] = [];
  if (permissions?.includes('read')) tabs.push('sent');
  if (permissions?.includes('decide-filing')) tabs.push('inbox');
  const [chosen, setChosen] = useState<Tab | null>(null);
  const tab = chosen ?? (permissions?.includes('file') ? 'sent' : (tabs.at(-1) ?? 'sent'));
  const open = useFiling(({ received, open: id }) => received?.find((record) => record.id === id) ?? null);
  const look = useFiling((filing) => filing.look);
  useEffect(() => () => void look(null), [look]);
  return (
    <Desk
      id="filing"
      title={t('filing:title')}
      wide
      head={
        tabs.length > 1 && (
          <Segmented value={tab} onChange={setChosen} options={tabs.map((value) => ({ value, label: t(`filing:tab.${value}`) }))} />
        )
      }
    >
      {tab === 'sent' ? <FilingsSent /> : open === null ? <Inbox /> : <InboxPackage key={`${open.id} ${open.state}`} record={open} />}
    </Desk>
  );
}
