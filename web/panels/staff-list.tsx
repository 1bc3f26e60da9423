// Who works in the grid; a person is added and taken off at once.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import type { StaffMember } from '../../core/plan/state.ts';
import { useWorkspace } from '../state/store.ts';

/** As the documents name them; any other may be written. */
const ROLES = ['专职网格员', '网格长', '社区民警', '指导员', '兼职网格员', '志愿者'];
const NOBODY = { role: '专职网格员', name: '', phone: '' };

export function StaffList({ grid }: { grid: GridProperties }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const transact = useWorkspace((workspace) => workspace.transact);
  const save = (staff: StaffMember[]): void => void transact({ type: 'describe', grid: grid.id, set: { staff } });
  return (
    <section className="panel-section">
      <h3>
        {t('panels:staff.title')}
        {!adding && (
          <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('panels:staff.add')}
          </Button>
        )}
      </h3>
      {grid.staff.length === 0 && !adding && <p className="small quiet">{t('panels:staff.none')}</p>}
      <ul>
        {grid.staff.map((member, index) => (
          <li key={`${member.role} ${member.name}`} className="staff-row">
            <span>
              {member.name} <span className="small quiet mono">{member.phone}</span>
            </span>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('panels:staff.remove', { name: member.name })}
              onClick={() => save(grid.staff.filter((_, other) => other !== index))}
            />
            <span className="small quiet">{member.role}</span>
          </li>
        ))}
      </ul>
      {adding && (
        <StaffForm
          onCancel={() => setAdding(false)}
          onAdd={(member) => {
            save([...grid.staff, member]);
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}

function StaffForm({ onAdd, onCancel }: { onAdd: (member: StaffMember) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const [person, setPerson] = useState(NOBODY);
  const complete = person.role.trim() !== '' && person.name.trim() !== '';
  const add = (): void =>
    onAdd({ role: person.role.trim(), name: person.name.trim(), ...(person.phone.trim() && { phone: person.phone.trim() }) });
  return (
    <form
      className="staff-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) add();
      }}
    >
      <AutoComplete
        aria-label={t('panels:staff.role')}
        value={person.role}
        options={ROLES.map((value) => ({ value }))}
        onChange={(role: string) => setPerson({ ...person, role })}
      />
      <Input
        autoFocus
        aria-label={t('panels:staff.name')}
        placeholder={t('panels:staff.name')}
        maxLength={40}
        value={person.name}
        onChange={(event) => setPerson({ ...person, name: event.target.value })}
      />
      <Input
        aria-label={t('panels:staff.phone')}
        placeholder={t('panels:staff.phone')}
        maxLength={24}
        value={person.phone}
        onChange={(event) => setPerson({ ...person, phone: event.target.value })}
      />
      <span className="move-row">
        <Button htmlType="submit" type="primary" disabled={!complete}>
          {t('panels:staff.save')}
        </Button>
        <Button type="text" onClick={onCancel}>
          {t('shell:cancel')}
        </Button>
      </span>
    </form>
  );
}
