// The files of the import at the left of a step: which is in hand, which still needs something.
import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ImportSource } from '../../../core/api/import-messages.ts';
import { type FileStep, needsOf } from '../../state/import-steps.ts';
import { useImport } from '../../state/import-store.ts';
import './steps-by-file.css';

/** Usable files of a step, and the one in hand. */
export function useSourceInHand(wanted: (source: ImportSource) => boolean): { sources: ImportSource[]; source: ImportSource | null } {
  const all = useImport((store) => store.status?.sources);
  const at = useImport((store) => store.at);
  const sources = (all ?? []).filter((source) => source.problem === null && wanted(source));
  return { sources, source: sources.find(({ id }) => id === at) ?? sources[0] ?? null };
}

interface Props {
  step: FileStep;
  sources: readonly ImportSource[];
  source: ImportSource;
}

export function SourceList({ step, sources, source }: Props) {
  const { t } = useTranslation();
  const takeInHand = useImport((store) => store.takeInHand);
  return (
    <ul className="source-list">
      {sources.map((one) => {
        const wanting = needsOf(one, step).length > 0;
        return (
          <li key={one.id}>
            <button
              type="button"
              className={`source-item${one.id === source.id ? ' is-here' : ''}`}
              aria-pressed={one.id === source.id}
              onClick={() => takeInHand(one.id)}
            >
              <span className={`step-mark${wanting ? '' : ' is-ready'}`}>{wanting ? '!' : <CheckOutlined />}</span>
              <span>
                <span className="clip" title={one.name}>
                  {one.name}
                </span>
                <span className="small quiet">
                  {one.choice.kind === null ? t('import:kindOpen') : t(`import:kind.${one.choice.kind}.name`)}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
