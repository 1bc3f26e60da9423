// What is to be divided, and how the division weighs what it can choose between.
import { Checkbox, InputNumber, Select, Slider, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type DivisionScope, ofRegion } from '../state/division.ts';
import { useDivision } from '../state/division-store.ts';
import { useWorkspace } from '../state/store.ts';

const SLIDER_STEP = 0.1;
/** What the right end of the slider “keep close” weighs; beyond it little changes. */
const CLOSEST = 4;
const MAX_PARTS = 50;

const SCOPES: readonly DivisionScope[] = ['community', 'grids', 'town', 'plan'];

export function DivideOptionFields() {
  const scope = useDivision((division) => division.scope);
  const department = useDivision((division) => division.department);
  return (
    <section className="panel-section divide-options">
      <ScopeField />
      {scope === 'grids' && <ChosenGrids />}
      {scope === 'grids' && <PartsField />}
      {department === null && <Weights />}
      {ofRegion(scope) && <OnlyEmpty />}
    </section>
  );
}

function ScopeField() {
  const { t } = useTranslation();
  const scope = useDivision((division) => division.scope);
  const department = useDivision((division) => division.department);
  const chooseScope = useDivision((division) => division.chooseScope);
  const plan = useWorkspace((workspace) => workspace.plan);
  const active = useWorkspace((workspace) => workspace.active);
  const community = useWorkspace((workspace) => workspace.progress.get(active?.code ?? ''));
  const town = plan?.towns.find(({ code }) => code === community?.town)?.name ?? '';
  const hasGrids = (active?.grids.features ?? []).some(({ properties }) => properties.kind !== 'thematic');
  const names: Record<DivisionScope, string> = {
    community: t('tools:divide.scope.community', { community: community?.name ?? '' }),
    grids: t('tools:divide.scope.grids'),
    town: t('tools:divide.scope.town', { town }),
    plan: t('tools:divide.scope.plan', { region: plan?.regionName ?? '' }),
  };
  const why = (value: DivisionScope): string | null => {
    if (value === 'plan') return null;
    if (active === null) return 'tools:unavailable.no-community';
    return value === 'grids' && !hasGrids ? 'tools:unavailable.no-grid' : null;
  };
  return (
    <div className="field">
      <span className="field-label">{t('tools:divide.scope.title')}</span>
      <Select
        aria-label={t('tools:divide.scope.title')}
        data-testid="divide-scope"
        value={scope}
        onChange={chooseScope}
        options={SCOPES.filter((value) => department === null || value !== 'grids').map((value) => {
          const reason = why(value);
          return { value, disabled: reason !== null, title: reason === null ? names[value] : t(reason), label: names[value] };
        })}
      />
    </div>
  );
}

/** Chosen on the map or here: what the pointer can do, the keyboard can. */
function ChosenGrids() {
  const { t } = useTranslation();
  const chosen = useDivision((division) => division.chosen);
  const toggleGrid = useDivision((division) => division.toggleGrid);
  const grids = useWorkspace((workspace) => workspace.active?.grids.features) ?? [];
  const divisible = grids.filter(({ properties }) => properties.kind !== 'thematic' && !properties.locked);
  return (
    <div className="field">
      <span className="field-label">{t('tools:divide.chooseGrids')}</span>
      <div className="divide-chosen">
        {divisible.map(({ properties: { id, name } }) => (
          <Tag.CheckableTag key={id} checked={chosen.has(id)} onChange={() => toggleGrid(id)}>
            {name}
          </Tag.CheckableTag>
        ))}
      </div>
    </div>
  );
}

function PartsField() {
  const { t } = useTranslation();
  const parts = useDivision((division) => division.options.parts);
  const choose = useDivision((division) => division.chooseOptions);
  return (
    <div className="grid-line">
      <span className="field-label">{t('tools:divide.parts')}</span>
      <InputNumber
        size="small"
        aria-label={t('tools:divide.parts')}
        min={1}
        max={MAX_PARTS}
        precision={0}
        value={parts}
        placeholder={t('tools:divide.partsFree')}
        onChange={(value) => choose({ parts: value })}
      />
    </div>
  );
}

function Weights() {
  const { t } = useTranslation();
  const { streets, keepClose, effort } = useDivision((division) => division.options);
  const choose = useDivision((division) => division.chooseOptions);
  return (
    <>
      <Scale name="streets" value={streets} max={1} onChange={(value) => choose({ streets: value })} />
      <Scale name="keepClose" value={keepClose} max={CLOSEST} onChange={(value) => choose({ keepClose: value })} />
      <Checkbox checked={effort === 'deep'} onChange={({ target }) => choose({ effort: target.checked ? 'deep' : 'normal' })}>
        {t('tools:divide.deep')}
      </Checkbox>
    </>
  );
}

function Scale({
  name,
  value,
  max,
  onChange,
}: {
  name: 'streets' | 'keepClose';
  value: number;
  max: number;
  onChange: (to: number) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="divide-scale">
      <Slider
        min={0}
        max={max}
        step={max * SLIDER_STEP}
        value={value}
        onChange={onChange}
        tooltip={{ open: false }}
        ariaLabelForHandle={t(`tools:divide.${name}.title`)}
      />
      <div className="grid-line small quiet">
        <span>{t(`tools:divide.${name}.low`)}</span>
        <span>{t(`tools:divide.${name}.high`)}</span>
      </div>
    </div>
  );
}

function OnlyEmpty() {
  const { t } = useTranslation();
  const onlyEmpty = useDivision((division) => division.onlyEmpty);
  const choose = useDivision((division) => division.chooseOnlyEmpty);
  return (
    <Checkbox checked={onlyEmpty} onChange={({ target }) => choose(target.checked)}>
      {t('tools:divide.onlyEmpty')}
    </Checkbox>
  );
}
