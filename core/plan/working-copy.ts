// A community being changed by one operation: records what the operation does and ends as a Change.
import { cutBlocks } from '../coverage/cut.ts';
import type { Line } from '../coverage/geometry.ts';
import { locate } from '../coverage/locate.ts';
import { closedLine } from '../coverage/ring.ts';
import { distanceToLine } from './along-line.ts';
import type { CellChange, Change, GridChange, Reassignment, Reshape, Split } from './change.ts';
import type { Block, Building, CommunityState, Grid } from './state.ts';

export class WorkingCopy {
  readonly origin: CommunityState;
  readonly blocks: Map<number, Block>;
  readonly grids: Map<number, Grid>;
  readonly gridOf: Map<number, number>;
  readonly cellOf: Map<number, number>;
  private readonly splits: Split[] = [];
  private readonly reshapes: Reshape[] = [];
  private readonly rehoused: [number, number][] = [];
  private readonly inherited = new Map<number, number>();
  private readonly inheritedCell = new Map<number, number>();
  private nextBlock = -1;
  private nextGrid = -1;

  constructor(origin: CommunityState) {
    this.origin = origin;
    this.blocks = new Map(origin.blocks);
    this.grids = new Map(origin.grids);
    this.gridOf = new Map(origin.gridOf);
    this.cellOf = new Map(origin.cellOf);
  }

  /** Cuts the target blocks along the lines; children inherit grid and cell. At most once per operation. Answers whether anything was split. */
  cut(lines: readonly Line[], targets: ReadonlySet<number>): boolean {
    const candidates = [...this.blocks.values(), ...this.origin.neighbours];
    const result = cutBlocks({ blocks: candidates, targets, lines });
    const communityOf = new Map(this.origin.neighbours.map((block) => [block.id, block.community]));
    for (const { id, polygon } of result.reshapes) {
      const block = this.blocks.get(id);
      this.reshapes.push({ block: id, community: block?.community ?? communityOf.get(id) ?? '', polygon });
      if (block) this.blocks.set(id, { ...block, polygon });
    }
    const housed = result.splits.length > 0 ? this.buildingsByBlock() : new Map<number, Building[]>();
    for (const { id, faces } of result.splits) this.replace(id, faces, housed.get(id) ?? []);
    return result.splits.length > 0;
  }

  addGrid(grid: Omit<Grid, 'id'>): number {
    const id = this.nextGrid--;
    this.grids.set(id, { ...grid, id });
    return id;
  }

  /** A block that changes its grid leaves its cell. */
  assign(block: number, grid: number | null): void {
    if ((this.gridOf.get(block) ?? null) === grid) return;
    this.cellOf.delete(block);
    if (grid === null) this.gridOf.delete(block);
    else this.gridOf.set(block, grid);
  }

  /** 0: the block belongs to its grid as a whole. */
  putInCell(block: number, cell: number): void {
    if (cell === 0) this.cellOf.delete(block);
    else this.cellOf.set(block, cell);
  }

  blocksOf(grid: number): Block[] {
    return [...this.blocks.values()].filter((block) => this.gridOf.get(block.id) === grid);
  }

  /** What was done, net: grids left without blocks are removed. */
  change(): Change {
    this.dropEmptyGrids();
    return {
      splits: this.splits,
      reshapes: this.reshapes,
      rehoused: this.rehoused,
      grids: this.gridChanges(),
      assignments: this.reassignments(),
      cells: this.cellChanges(),
    };
  }

  private buildingsByBlock(): Map<number, Building[]> {
    const housed = new Map<number, Building[]>();
    for (const building of this.origin.buildings.values()) {
      const list = housed.get(building.block);
      if (list) list.push(building);
      else housed.set(building.block, [building]);
    }
    return housed;
  }

  private replace(parent: number, faces: readonly Block['polygon'][], buildings: readonly Building[]): void {
    const community = this.origin.community.code;
    const children = faces.map((polygon) => ({
      id: this.nextBlock--,
      community,
      polygon,
      households: 0,
      population: 0,
      buildings: 0,
    }));
    for (const building of buildings) {
      // A point on a border belongs to the first child that has it, so that it is counted once (I6).
      const home = children.find((child) => locate(building.point, child.polygon) !== 'outside') ?? nearest(children, building.point);
      home.households += building.households;
      home.population += building.population;
      home.buildings += 1;
      this.rehoused.push([building.id, home.id]);
    }
    const [grid, cell] = [this.gridOf.get(parent), this.cellOf.get(parent)];
    this.blocks.delete(parent);
    this.gridOf.delete(parent);
    this.cellOf.delete(parent);
    for (const child of children) {
      this.blocks.set(child.id, child);
      if (grid === undefined) continue;
      this.inherited.set(child.id, grid);
      this.gridOf.set(child.id, grid);
      if (cell === undefined) continue;
      this.inheritedCell.set(child.id, cell);
      this.cellOf.set(child.id, cell);
    }
    this.splits.push({ parent, children });
  }

  private dropEmptyGrids(): void {
    const filled = new Set(this.gridOf.values());
    for (const grid of this.grids.values()) if (grid.area === null && !filled.has(grid.id)) this.grids.delete(grid.id);
  }

  private gridChanges(): GridChange[] {
    const changes: GridChange[] = [];
    for (const [id, before] of this.origin.grids) {
      const after = this.grids.get(id) ?? null;
      if (after !== before) changes.push({ before, after });
    }
    for (const [id, after] of this.grids) if (!this.origin.grids.has(id)) changes.push({ before: null, after });
    return changes;
  }

  private reassignments(): Reassignment[] {
    const moves: Reassignment[] = [];
    for (const block of this.blocks.keys()) {
      const from = this.inherited.get(block) ?? this.origin.gridOf.get(block) ?? null;
      const to = this.gridOf.get(block) ?? null;
      if (from !== to) moves.push({ block, from, to });
    }
    return moves;
  }

  private cellChanges(): CellChange[] {
    const moves: CellChange[] = [];
    for (const block of this.blocks.keys()) {
      const from = this.inheritedCell.get(block) ?? this.origin.cellOf.get(block) ?? 0;
      const to = this.cellOf.get(block) ?? 0;
      if (from !== to) moves.push({ block, from, to });
    }
    return moves;
  }
}

/** The child for a point on a border that the noding moved away from it: less than a step from the one, any distance from the others. */
function nearest<Child extends Pick<Block, 'polygon'>>(children: readonly Child[], [x, y]: Building['point']): Child {
  const distance = ({ polygon }: Child): number => Math.min(...polygon.map((ring) => distanceToLine(x, y, closedLine(ring))));
  return children.reduce((best, child) => (distance(child) < distance(best) ? child : best));
}
