// What an operation changed, laid over what the screen shows: pure, by id, the older value stays untouched.
import type { CheckReport, GridCollection, OperationAnswer } from '../../core/api/messages.ts';
import type { Issue, Severity } from '../../core/rules/rule.ts';
import type { ActiveCommunity } from './workspace.ts';

/** The open community after the operation. Answers about a neighbour bring it vertices on the common border only. */
export function applyToCommunity(active: ActiveCommunity, answer: OperationAnswer): ActiveCommunity {
  const blocks = {
    ...active.blocks,
    features: replaceById(
      active.blocks.features,
      answer.blocks.changed.filter((block) => block.properties.community === active.code),
      answer.blocks.removed,
    ),
  };
  if (answer.community !== active.code) return { ...active, blocks };
  return {
    ...active,
    revision: answer.revision,
    blocks: { ...blocks, revision: answer.revision, undo: answer.undo, redo: answer.redo },
    grids: applyToGrids(active.grids, answer),
    buildings: rehouse(active.buildings, answer.rehoused),
    issues: answer.issues,
    undo: answer.undo,
    redo: answer.redo,
  };
}

/** A collection of grids after the operation. */
export function applyToGrids(grids: GridCollection, answer: OperationAnswer): GridCollection {
  return { ...grids, features: replaceById(grids.features, answer.grids, answer.removed) };
}

/** The check list of the plan with the issues of one community replaced. */
export function applyToReport(report: CheckReport, community: string, issues: readonly Issue[]): CheckReport {
  const all = [...report.issues.filter((issue) => issue.community !== community), ...issues];
  return { ...report, issues: all, counts: countBySeverity(all) };
}

/** Issues that still ask for something: what a written reason excuses is not counted. */
export function countBySeverity(issues: readonly Issue[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { excused, severity } of issues) if (!excused) counts[severity] += 1;
  return counts;
}

interface WithId {
  properties: { id: number };
}

function replaceById<T extends WithId>(features: readonly T[], changed: readonly T[], removed: readonly number[]): T[] {
  const fresh = new Map(changed.map((feature) => [feature.properties.id, feature]));
  const gone = new Set(removed);
  const kept: T[] = [];
  for (const feature of features) {
    const { id } = feature.properties;
    if (!gone.has(id)) kept.push(fresh.get(id) ?? feature);
    fresh.delete(id);
  }
  return [...kept, ...fresh.values()];
}

function rehouse(buildings: ActiveCommunity['buildings'], moves: OperationAnswer['rehoused']): ActiveCommunity['buildings'] {
  if (moves.length === 0) return buildings;
  const blockOf = new Map(moves);
  return {
    ...buildings,
    features: buildings.features.map((building) => {
      const block = blockOf.get(building.properties.id);
      return block === undefined ? building : { ...building, properties: { ...building.properties, block } };
    }),
  };
}
