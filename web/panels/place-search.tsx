// Search over towns, communities and grids by name or code; a choice opens the place.
import { SearchOutlined } from '@ant-design/icons';
import { AutoComplete, Input } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeSummary, GridCollection } from '../../core/api/messages.ts';
import { SEARCH_FIELD_ID } from '../actions/actions.ts';
import { boundsOfCommunities, boundsOfGrid } from '../state/bounds.ts';
import { codeIn, useCodes } from '../state/codes.ts';
import { useWorkspace } from '../state/store.ts';
import type { Workspace } from '../state/workspace.ts';
import { groupedCode } from './grid-code.tsx';

const MOST_RESULTS = 12;

type Searched = Pick<Workspace, 'plan' | 'progress' | 'planGrids'>;

interface Found {
  value: string;
  name: string;
  where: string;
  go: () => void;
}

/** Codes of the registry that no grid of the open plan bears, and the text itself where it looks like a code. */
function findCodes(found: readonly CodeSummary[], { features }: GridCollection, text: string, t: TFunction): Found[] {
  const { look } = useCodes.getState();
  const here = new Set(features.map(({ properties }) => properties.code));
  const registered = found
    .filter(({ code }) => !here.has(code))
    .map(
      ({ code, gridName, communityName, state }): Found => ({
        value: `code ${code}`,
        name: groupedCode(code),
        where: [gridName ?? communityName ?? '', t(`panels:codeState.${state}`)].filter(Boolean).join(' · '),
        go: () => void look(code),
      }),
    );
  const typed = codeIn(text);
  if (typed === null) return registered.slice(0, MOST_RESULTS);
  const explain: Found = {
    value: `explain ${typed}`,
    name: t('codes:explain', { code: groupedCode(typed) }),
    where: '',
    go: () => void look(typed),
  };
  return [...registered.slice(0, MOST_RESULTS), explain];
}

export function PlaceSearch() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const progress = useWorkspace((workspace) => workspace.progress);
  const planGrids = useWorkspace((workspace) => workspace.planGrids);
  const plan = useWorkspace((workspace) => workspace.plan);
  const registered = useCodes((codes) => codes.found);
  const found = useMemo(() => {
    const places = find({ plan, progress, planGrids }, text.trim(), t);
    return [...places, ...findCodes(registered, planGrids, text, t)];
  }, [plan, progress, planGrids, registered, text, t]);
  return (
    <AutoComplete
      className="place-search"
      popupMatchSelectWidth={320}
      value={text}
      onChange={(typed: string) => {
        setText(typed);
        useCodes.getState().search(typed);
      }}
      defaultActiveFirstOption
      options={found.map(({ value, name, where }) => ({
        value,
        label: (
          <span className="found">
            <span className="clip">{name}</span>
            <span className="small quiet clip">{where}</span>
          </span>
        ),
      }))}
      notFoundContent={text.trim() === '' ? null : <span className="small quiet">{t('shell:search.none')}</span>}
      onSelect={(value: string) => {
        found.find((place) => place.value === value)?.go();
        setText('');
        useCodes.getState().search('');
      }}
    >
      <Input
        id={SEARCH_FIELD_ID}
        aria-label={t('shell:actions.search')}
        prefix={<SearchOutlined className="quiet" />}
        suffix={<kbd>/</kbd>}
        placeholder={t('shell:search.placeholder')}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
    </AutoComplete>
  );
}

function find({ plan, progress, planGrids }: Searched, text: string, t: (key: string) => string): Found[] {
  if (text === '' || plan === null) return [];
  const { openCommunity, selectGrid, focusOn } = useWorkspace.getState();
  const towns = new Map(plan.towns.map(({ code, name }) => [code, name]));
  const fits = (name: string, code: string | null): boolean => name.includes(text) || (code?.startsWith(text) ?? false);
  const inTowns = plan.towns
    .filter(({ name, code }) => fits(name, code))
    .map(
      ({ code, name }): Found => ({
        value: `town ${code}`,
        name,
        where: t('shell:search.town'),
        go: () => focusOn(boundsOfCommunities([...progress.values()].filter(({ town }) => town === code))),
      }),
    );
  const communities = [...progress.values()]
    .filter(({ name, code }) => fits(name, code))
    .map(
      (community): Found => ({
        value: `community ${community.code}`,
        name: community.name,
        where: towns.get(community.town) ?? community.town,
        go: () => void openCommunity(community.code),
      }),
    );
  const grids = planGrids.features
    .filter(({ properties }) => fits(properties.name, properties.code))
    .map(
      (grid): Found => ({
        value: `grid ${grid.properties.id}`,
        name: grid.properties.name,
        where: grid.properties.code ?? progress.get(grid.properties.community)?.name ?? '',
        go: () => {
          selectGrid(grid.properties.id);
          focusOn(boundsOfGrid(grid));
        },
      }),
    );
  return [...inTowns, ...communities, ...grids].slice(0, MOST_RESULTS);
}
