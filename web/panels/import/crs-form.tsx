// The coordinate system of one file: what it says of itself, what its numbers speak for, the whole list, and the click that confirms.
import { Alert, Button, Checkbox, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CrsGuess, ImportSource } from '../../../core/api/import-messages.ts';
import { coordinateSystem, coordinateSystems } from '../../../core/geo/crs/list.ts';
import type { CrsChoice } from '../../api/import-client.ts';
import type { Bounds } from '../../state/bounds.ts';
import { layerOf, needsOf, sourcesWanting } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import { usePlaceText } from './place-text.ts';

interface Props {
  source: ImportSource;
  /** The one on the map. */
  looked: CrsChoice | null;
  onLook: (choice: CrsChoice) => void;
  /** Where the file would lie by it; null: not known yet. */
  bounds: Bounds | null;
}

const keyOf = ({ crs, swapAxes }: CrsChoice): string => `${crs} ${swapAxes}`;

export function CrsForm({ source, looked, onLook, bounds }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const layer = layerOf(source);
  const guesses = layer?.crsGuesses ?? [];
  const system = looked === null ? undefined : coordinateSystem(looked.crs);
  const claim = layer?.claimedCrs ?? null;
  const placeOf = usePlaceText();
  return (
    <div className="import-column crs-form">
      <section>
        <h3>{t('import:crs.title', { file: source.name })}</h3>
        <p className="small quiet">
          {claim === null ? t('import:crs.noClaim') : t('import:crs.claim', { claim: claimText(claim, language) })}
        </p>
        {layer?.bounds && (
          <p className="small quiet mono">{t('import:crs.numbers', { numbers: layer.bounds.map((value) => roundTo(value)).join(', ') })}</p>
        )}
      </section>
      {guesses.length > 0 ? (
        <Radio.Group
          className="crs-guesses"
          value={looked === null ? null : keyOf(looked)}
          onChange={({ target }) => {
            const guess = guesses.find((one) => keyOf(one) === target.value);
            if (guess !== undefined) onLook({ crs: guess.crs, swapAxes: guess.swapAxes });
          }}
        >
          {guesses.map((guess) => (
            <Guess key={keyOf(guess)} guess={guess} place={placeOf(guess.bounds)} />
          ))}
        </Radio.Group>
      ) : (
        <Alert type="warning" showIcon title={t('import:crs.noGuess')} />
      )}
      <section>
        <h3>{t('import:crs.other')}</h3>
        <Select
          className="wide-select"
          aria-label={t('import:crs.other')}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={520}
          value={looked?.crs ?? null}
          placeholder={t('import:crs.search')}
          options={coordinateSystems.map(({ id, name }) => ({ value: id, label: `${name[language]} ${id}` }))}
          onChange={(crs: string) => onLook({ crs, swapAxes: looked?.swapAxes ?? false })}
        />
        <Checkbox
          disabled={looked === null}
          checked={looked?.swapAxes ?? false}
          onChange={({ target }) => looked !== null && onLook({ ...looked, swapAxes: target.checked })}
        >
          {t('import:crs.swapAxes')}
        </Checkbox>
      </section>
      {system?.warning && <Alert type="warning" showIcon title={system.warning[language]} />}
      <Confirm source={source} looked={looked} place={bounds === null ? null : placeOf(bounds)} warned={Boolean(system?.warning)} />
    </div>
  );
}

function Guess({ guess, place }: { guess: CrsGuess; place: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Radio value={keyOf(guess)}>
      <strong>{coordinateSystem(guess.crs)?.name[language] ?? guess.crs}</strong> <span className="small quiet mono">{guess.crs}</span>
      {guess.swapAxes && <span className="small"> · {t('import:crs.swapped')}</span>}
      <span className="small">{t(`import:crsReason.${guess.reason}`)}</span>
      <span className="small quiet">{place}</span>
    </Radio>
  );
}

function Confirm({ source, looked, place, warned }: Pick<Props, 'source' | 'looked'> & { place: string | null; warned: boolean }) {
  const { t } = useTranslation();
  const { choose, takeInHand } = useImport.getState();
  const rereading = useImport((store) => store.rereading.has(source.id));
  const { crs, swapAxes } = source.choice;
  const confirmed =
    crs !== null && looked !== null && keyOf({ crs, swapAxes }) === keyOf(looked) && needsOf(source, 'coordinates').length === 0;
  const confirm = async (): Promise<void> => {
    if (looked === null || !(await choose(source.id, () => looked))) return;
    const [next] = sourcesWanting(useImport.getState().status?.sources ?? [], 'coordinates');
    if (next !== undefined) takeInHand(next.id);
  };
  if (confirmed) {
    return (
      <p className="crs-confirmed" data-testid="crs-confirmed">
        {t('import:crs.confirmed')}
        <span className="small quiet">{t('import:crs.change')}</span>
      </p>
    );
  }
  return (
    <div className="crs-confirm">
      {place !== null && <p className="small">{place}</p>}
      <Button type="primary" disabled={looked === null} loading={rereading} onClick={() => void confirm()}>
        {t(warned ? 'import:crs.confirmAnyway' : 'import:crs.confirm')}
      </Button>
      {looked === null && <span className="small quiet">{t('import:crs.pickFirst')}</span>}
    </div>
  );
}

const claimText = (claim: string, language: 'zh' | 'en'): string => {
  const name = coordinateSystem(claim)?.name[language];
  return name === undefined ? claim : `${name} ${claim}`;
};

const METRES = 1_000;
const roundTo = (value: number): string => value.toFixed(Math.abs(value) > METRES ? 0 : 4);
