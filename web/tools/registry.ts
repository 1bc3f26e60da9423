// The tools, in the order of the toolbar. A tool that cannot be used now says why; it is never hidden. A new tool is one file and one entry here.
import type { FunctionComponent } from 'react';
import { frozenWhy } from '../state/lifecycle-frozen.ts';
import type { ToolId, Workspace } from '../state/workspace.ts';
import { divideTool } from './divide.ts';
import { drawTool } from './draw.ts';
import { DivideIcon, DrawIcon, MergeIcon, PaintIcon, ReshapeIcon, SelectIcon, SplitIcon } from './icons.tsx';
import { mergeTool } from './merge.ts';
import { paintTool } from './paint.ts';
import { reshapeTool } from './reshape.ts';
import { selectTool } from './select.ts';
import { splitTool } from './split.ts';
import type { Tool, ToolHost } from './tool.ts';

export interface ToolEntry {
  /** Its name is the text `tools:name.<id>`, what it does `tools:hint.<id>`. */
  readonly id: ToolId;
  /** Key that chooses it, upper case. */
  readonly key: string;
  readonly icon: FunctionComponent;
  /** Text that says why it cannot be used now; null: it can. */
  readonly unavailable: (workspace: Workspace) => string | null;
  readonly create: (host: ToolHost) => Tool;
}

export const tools: readonly ToolEntry[] = [
  { id: 'select', key: 'V', icon: SelectIcon, unavailable: () => null, create: selectTool },
  { id: 'paint', key: 'B', icon: PaintIcon, unavailable: noGround, create: paintTool },
  { id: 'split', key: 'S', icon: SplitIcon, unavailable: noGround, create: splitTool },
  { id: 'draw', key: 'D', icon: DrawIcon, unavailable: noGround, create: drawTool },
  { id: 'reshape', key: 'R', icon: ReshapeIcon, unavailable: (workspace) => noGround(workspace) ?? noGrid(workspace), create: reshapeTool },
  { id: 'merge', key: 'M', icon: MergeIcon, unavailable: (workspace) => noGround(workspace) ?? noPair(workspace), create: mergeTool },
  { id: 'divide', key: 'A', icon: DivideIcon, unavailable: frozenWhy, create: divideTool },
];

function noGround(workspace: Workspace): string | null {
  return frozenWhy(workspace) ?? (workspace.active === null ? 'tools:unavailable.no-community' : null);
}

const noGrid = (workspace: Workspace): string | null => (countGrids(workspace) < 1 ? 'tools:unavailable.no-grid' : null);
const noPair = (workspace: Workspace): string | null => (countGrids(workspace) < 2 ? 'tools:unavailable.one-grid' : null);

const countGrids = ({ active }: Workspace): number =>
  active?.grids.features.filter(({ properties }) => properties.kind !== 'thematic').length ?? 0;
