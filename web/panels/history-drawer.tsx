// What was done in the open community, newest first: when, who, what.
import { Drawer, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperationName, OperationRecord } from '../../core/api/messages.ts';
import { cellNumber } from '../../core/plan/cell-number.ts';
import type { RecordedOperation } from '../../core/plan/operation.ts';
import { useFormat } from '../i18n/format.ts';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import './history-drawer.css';

export function HistoryDrawer() {
  const { t } = useTranslation();
  const open = useLayout((layout) => layout.dialog === 'history');
  const openDialog = useLayout((layout) => layout.openDialog);
  const community = useWorkspace((workspace) => workspace.active?.code ?? null);
  const revision = useWorkspace((workspace) => workspace.active?.revision ?? 0);
  const name = useWorkspace((workspace) => (community === null ? '' : (workspace.progress.get(community)?.name ?? '')));
  const history = useWorkspace((workspace) => workspace.history);
  const [records, setRecords] = useState<OperationRecord[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is a new line of the history
  useEffect(() => {
    if (!open || community === null) return;
    let wanted = true;
    void history(community).then((read) => wanted && setRecords(read));
    return () => {
      wanted = false;
    };
  }, [open, community, revision, history]);
  return (
    <Drawer
      open={open}
      size={380}
      title={t('panels:history.title', { community: name })}
      onClose={() => openDialog(null)}
      afterOpenChange={(shown) => shown || setRecords(null)}
    >
      {records === null ? <Skeleton active /> : <Records records={records} />}
    </Drawer>
  );
}

function Records({ records }: { records: readonly OperationRecord[] }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  if (records.length === 0) return <p className="quiet">{t('panels:history.none')}</p>;
  return (
    <ol className="history">
      {records.map((record) => (
        <li key={record.id}>
          <span className="small quiet">{moment(record.at)}</span>
          <strong>{t(`panels:operation.${operationName(record.operation)}`)}</strong>
          <Details record={record} />
          <span className="small quiet history-actor">{record.actor}</span>
        </li>
      ))}
    </ol>
  );
}

const operationName = (operation: RecordedOperation): OperationName =>
  operation.type === 'divide' && operation.options.level === 'cells' ? 'divide-cells' : operation.type;

function Details({ record: { operation, reason } }: { record: OperationRecord }) {
  const { t } = useTranslation();
  const names = useWorkspace((workspace) => workspace.planGrids);
  const nameOf = (id: number): string =>
    names.features.find(({ properties }) => properties.id === id)?.properties.name ?? t('panels:history.formerGrid', { id });
  const parts: string[] = [];
  if ('grid' in operation && operation.grid !== undefined) parts.push(nameOf(operation.grid));
  if (operation.type === 'merge') parts.push(t('panels:history.into', { grid: nameOf(operation.into) }));
  if (operation.type === 'assign') {
    const to =
      operation.to === 'new' ? t('panels:blocks.newGrid') : operation.to === null ? t('panels:blocks.noGrid') : nameOf(operation.to);
    parts.push(t('panels:history.assign', { count: operation.blocks.length, to }));
  }
  if (operation.type === 'cell') {
    const to = operation.to === 'new' ? t('panels:cells.new') : operation.to === null ? t('panels:cells.none') : cellNumber(operation.to);
    parts.push(t('panels:history.assign', { count: operation.blocks.length, to }));
  }
  if (operation.type === 'adopt') parts.push(t('one-net:department', { department: operation.department }));
  if (operation.type === 'divide') {
    parts.push(operation.grids?.map(nameOf).join(t('errors:at.joint')) ?? t('panels:history.wholeCommunity'));
    if (operation.options.parts !== null) parts.push(t('panels:history.parts', { count: operation.options.parts }));
  }
  if (operation.type === 'boundary') parts.push(t('panels:history.boundary', { cut: operation.cut, added: operation.added }));
  if (operation.type === 'describe')
    parts.push(
      Object.keys(operation.set)
        .map((field) => t(`panels:history.field.${field}`))
        .join(t('errors:at.joint')),
    );
  if (reason !== '') parts.push(reason);
  return <span className="small history-details">{parts.join(' · ')}</span>;
}
