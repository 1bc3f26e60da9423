// Who works in the grid, post by post as the rules name them; a person is added and taken off at once, and looked at by a reviewer.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridProperties } from '../../core/api/messages.ts';
import type { StaffMember } from '../../core/plan/state.ts';
import { useWorkspace } from '../state/store.ts';
import { ClearanceTick } from './clearance-tick.tsx';
import { StaffForm } from './staff-form.tsx';

/** While the rules are not known. */
const NO_POSTS: readonly string[] = [];
/** What a phone is masked with: such a number must not be sent back in the place of the real one. */
const MASK = '*';

export function StaffList({ grid }: { grid: GridProperties }) {
  const { t } = useTranslation();
  /** The post that somebody is being added for; null: nobody is. */
  const [adding, setAdding] = useState<string | null>(null);
  const posts = useWorkspace(({ profile }) => profile?.staff.posts ?? NO_POSTS);
  const transact = useWorkspace((workspace) => workspace.transact);
  const save = (staff: StaffMember[]): void => void transact({ type: 'describe', grid: grid.id, set: { staff } });
  const masked = grid.staff.some(({ phone }) => phone?.includes(MASK));
  const others = grid.staff.filter(({ role }) => !posts.includes(role)).map(({ role }) => role);
  const filled = posts.filter((post) => grid.staff.some(({ role }) => role === post)).length;
  return (
    <section className="panel-section" data-testid="staff">
      <h3>
        {t('panels:staff.title')}
        <span className="small">{t('lifecycle:staff.posts', { filled, total: posts.length })}</span>
      </h3>
      <ul className="posts">
        {[...posts, ...new Set(others)].map((post) => (
          <li key={post}>
            <span className="post-name">
              {post}
              {!masked && adding === null && (
                <Button
                  type="link"
                  size="small"
                  icon={<PlusOutlined />}
                  aria-label={`${t('panels:staff.add')} ${post}`}
                  onClick={() => setAdding(post)}
                />
              )}
            </span>
            <People
              grid={grid}
              post={post}
              removable={!masked}
              onRemove={(member) => save(grid.staff.filter((other) => other !== member))}
            />
          </li>
        ))}
      </ul>
      {masked && <p className="small quiet">{t('lifecycle:staff.masked')}</p>}
      {adding !== null && (
        <StaffForm
          post={adding}
          posts={posts}
          onCancel={() => setAdding(null)}
          onAdd={(member) => {
            save([...grid.staff, member]);
            setAdding(null);
          }}
        />
      )}
    </section>
  );
}

interface PeopleProps {
  grid: GridProperties;
  post: string;
  removable: boolean;
  onRemove: (member: StaffMember) => void;
}

function People({ grid, post, removable, onRemove }: PeopleProps) {
  const { t } = useTranslation();
  const people = grid.staff.filter(({ role }) => role === post);
  if (people.length === 0) return <span className="small quiet">{t('lifecycle:staff.vacant')}</span>;
  return people.map((member) => (
    <div key={member.name} className="staff-row">
      <span>
        {member.name} <span className="small quiet mono">{member.phone}</span>
      </span>
      {removable && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('panels:staff.remove', { name: member.name })}
          onClick={() => onRemove(member)}
        />
      )}
      <ClearanceTick grid={grid} member={member} />
    </div>
  ));
}
