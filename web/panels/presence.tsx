// Who is here: a dot for everybody who looks at the plan, their names and what they have open, one's own name; or that the line is down.
import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../core/api/messages.ts';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import { personName } from '../i18n/person-name.ts';
import { personColour } from '../map/palette.ts';
import { useWorkspace } from '../state/store.ts';
import { TextField } from './text-field.tsx';
import './presence.css';

/** More dots than these are a number. */
const MAX_DOTS = 5;
const MAX_NAME_LENGTH = 20;

export function Presence() {
  const { t } = useTranslation();
  const online = useWorkspace((workspace) => workspace.online);
  const self = useWorkspace((workspace) => workspace.self);
  const others = useWorkspace((workspace) => workspace.others);
  const people = self === null ? others : [self, ...others];
  if (!online || self === null) {
    return (
      <span className={`presence${online ? '' : ' is-away'}`} role="status">
        <span className="presence-dot" />
        <span className="presence-text">{t(online ? 'shell:presence.online' : 'shell:presence.away')}</span>
      </span>
    );
  }
  return (
    <Popover trigger="click" placement="bottomRight" content={<People self={self} others={others} />}>
      <Button type="text" className="presence" data-testid="presence" aria-label={t('shell:presence.count', { count: people.length })}>
        <span className="presence-text">{t('shell:presence.online')}</span>
        {people.slice(0, MAX_DOTS).map((person) => (
          <span
            key={person.tab}
            className="presence-dot"
            title={personName(t, person)}
            style={{ background: personColour(person.number) }}
          />
        ))}
        {people.length > MAX_DOTS && <span>+{people.length - MAX_DOTS}</span>}
      </Button>
    </Popover>
  );
}

function People({ self, others }: { self: Person; others: readonly Person[] }) {
  const { t } = useTranslation();
  const ownName = useWorkspace((workspace) => workspace.ownName);
  const nameSelf = useWorkspace((workspace) => workspace.nameSelf);
  // In the demo everybody is the same: there people go by the name that they type, as the server takes it.
  const accountName = useWorkspace(({ session }) => (session?.account && session.account.id !== null ? session.account.name : null));
  return (
    <div className="people">
      <div className="field">
        <span className="field-label">{t('shell:presence.ownName')}</span>
        {accountName === null ? (
          <TextField
            label={t('shell:presence.ownName')}
            value={ownName}
            maxLength={MAX_NAME_LENGTH}
            placeholder={personName(t, { name: '', number: self.number })}
            onSave={nameSelf}
          />
        ) : (
          <span>{accountName}</span>
        )}
      </div>
      {others.length === 0 ? (
        <p className="quiet small">{t('shell:presence.alone')}</p>
      ) : (
        <ul>
          {others.map((person) => (
            <PersonRow key={person.tab} person={person} />
          ))}
        </ul>
      )}
    </div>
  );
}

function PersonRow({ person }: { person: Person }) {
  const { t } = useTranslation();
  const place = useWorkspace(({ progress }) => (person.community === null ? undefined : progress.get(person.community)?.name));
  return (
    <li>
      <PersonTag person={person} />
      <span className="quiet small">{place === undefined ? t('shell:presence.nowhere') : shortCommunityName(place)}</span>
    </li>
  );
}

/** The name in the colour of the person. */
export function PersonTag({ person }: { person: Person }) {
  const { t } = useTranslation();
  const name = personName(t, person);
  return (
    <span className="person-tag" title={t('shell:presence.worksHere', { name })} style={{ color: personColour(person.number) }}>
      {name}
    </span>
  );
}
