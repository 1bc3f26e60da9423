// Adds a person to the staff: post, name, phone. A number of an identity card is refused before it leaves the page.
import { AutoComplete, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { staffMember } from '../../core/plan/operation.ts';
import type { StaffMember } from '../../core/plan/state.ts';
import { holdsIdNumber } from '../../core/staff/id-number.ts';

interface Props {
  post: string;
  posts: readonly string[];
  onAdd: (member: StaffMember) => void;
  onCancel: () => void;
}

export function StaffForm({ post, posts, onAdd, onCancel }: Props) {
  const { t } = useTranslation();
  const [person, setPerson] = useState({ role: post, name: '', phone: '' });
  const [tried, setTried] = useState(false);
  const phone = person.phone.trim();
  const read = staffMember.safeParse({ role: person.role, name: person.name, ...(phone !== '' && { phone }) });
  const idNumber = Object.values(person).some(holdsIdNumber);
  const badPhone = !staffMember.shape.phone.safeParse(phone).success;
  const why = idNumber ? t('lifecycle:staff.idNumber') : tried && badPhone ? t('lifecycle:staff.badPhone') : '';
  return (
    <form
      className="staff-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (read.success && !idNumber) onAdd(read.data);
      }}
    >
      <AutoComplete
        aria-label={t('panels:staff.role')}
        value={person.role}
        options={posts.map((value) => ({ value }))}
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
        status={tried && badPhone ? 'error' : ''}
        value={person.phone}
        onChange={(event) => setPerson({ ...person, phone: event.target.value })}
      />
      <span className="move-row">
        <Button htmlType="submit" type="primary" disabled={person.name.trim() === '' || person.role.trim() === ''}>
          {t('panels:staff.save')}
        </Button>
        <Button type="text" onClick={onCancel}>
          {t('shell:cancel')}
        </Button>
      </span>
      {why !== '' && (
        <p className="small staff-why" role="alert">
          {why}
        </p>
      )}
    </form>
  );
}
