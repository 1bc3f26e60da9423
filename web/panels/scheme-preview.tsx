// The codes that the draft would give to grids of the open plan, asked anew while one types; a click shows the grid.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { shortCommunityName } from '../../core/plan/grid-name.ts';
import { useSchemes } from '../state/schemes.ts';
import { useWorkspace } from '../state/store.ts';

/** The hand has paused for so long. */
const PAUSE_MS = 350;
const SHOWN = 5;

export function SchemePreviewTable() {
  const { t } = useTranslation();
  const content = useSchemes((editor) => editor.content);
  const preview = useSchemes((editor) => editor.preview);
  const askPreview = useSchemes((editor) => editor.askPreview);
  const plan = useWorkspace((workspace) => workspace.plan);
  const progress = useWorkspace((workspace) => workspace.progress);
  const selectGrid = useWorkspace((workspace) => workspace.selectGrid);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for every draft
  useEffect(() => {
    const timer = setTimeout(() => void askPreview(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [content, plan?.id, askPreview]);
  if (plan === null) return null;
  const codes = spread(preview?.codes ?? []);
  return (
    <section className="profile-section scheme-preview" data-testid="scheme-preview" aria-live="polite">
      <header>
        <h3>{t('schemes:preview.title')}</h3>
        <span className="small quiet profile-source">{t('schemes:preview.of', { plan: plan.name })}</span>
      </header>
      {preview?.problem && (
        <p className="profile-refusal" role="alert">
          {preview.problem.detail}
        </p>
      )}
      {codes.length === 0 && <p className="small quiet">{t(preview === null ? 'schemes:preview.none' : 'schemes:preview.noGrids')}</p>}
      <ul>
        {codes.map(({ grid, name, community, present, proposed }) => (
          <li key={grid}>
            <button type="button" onClick={() => selectGrid(grid)}>
              <span className="quiet clip">{name || shortCommunityName(progress.get(community)?.name ?? community)}</span>
              <span className="mono profile-before">{present ?? t('schemes:preview.uncoded')}</span>
              <span className="quiet">→</span>
              <span className="mono">{proposed}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first of every community before the second ones: so that all kinds and places are seen. */
function spread<Code extends { community: string }>(codes: readonly Code[]): Code[] {
  const seen = new Map<string, number>();
  const ranked = codes.map((code) => {
    const rank = seen.get(code.community) ?? 0;
    seen.set(code.community, rank + 1);
    return { code, rank };
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ code }) => code);
}
