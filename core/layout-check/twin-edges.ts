// The exact proof of a tiling, in linear time: every edge of a grid has its twin in a neighbour, or lies on the border of the community.
//
// Where all grids are sound (each winds around what it holds once, and around nothing else) and all edges pair off, the windings add up to
// that of the community: every place is in exactly one grid. No edge has to be compared with any but its twin.
import type { LatticePoint, MultiPolygon, Polygon } from '../coverage/geometry.ts';
import { PairIndex } from '../coverage/pair-index.ts';
import { edgesOf } from '../coverage/tracing.ts';
import { distanceToSegment } from '../plan/along-line.ts';

/**
 * A street that ends on the border of a community leaves a vertex there that the community does not have; snap rounding puts it less than
 * a step beside the border, and so does each later cut (2 steps, about 2 cm).
 */
const BORDER_PLAY_STEPS = 2;

/** A grid, and the community it lies in by its position; null: in none, or it is thematic and lies across the others. */
export interface Tile {
  readonly polygons: readonly Polygon[];
  readonly community: number | null;
}

/** An edge without a twin; `tile` is null where a border of the community belongs to no grid. */
export interface Unmatched {
  readonly tile: number | null;
  readonly at: LatticePoint;
}

/** By community; none: its grids tile it, provided that each of them is sound. */
export function unmatchedEdges(tiles: readonly Tile[], communities: readonly MultiPolygon[]): Unmatched[][] {
  return new Matching(tiles, communities).result();
}

class Matching {
  readonly #tiles: readonly Tile[];
  readonly #points = new PairIndex();
  /** Directed edges of grids and of communities, by the numbers of their ends, and whose they are. */
  readonly #edges = new PairIndex();
  readonly #owners: number[] = [];
  readonly #border = new PairIndex();
  readonly #borderOwners: number[] = [];
  readonly #unmatched: Unmatched[][];
  /** Communities that have grids. */
  readonly #drawn: ReadonlySet<number | null>;
  /** Edges that wait for a border of their community to run along, by the point that they leave. */
  readonly #waiting = new Map<number, number[]>();

  constructor(tiles: readonly Tile[], communities: readonly MultiPolygon[]) {
    this.#tiles = tiles;
    this.#drawn = new Set(tiles.map(({ community }) => community));
    this.#unmatched = communities.map(() => []);
    tiles.forEach(({ polygons, community }, tile) => {
      if (community !== null) for (const polygon of polygons) this.#addTile(edgesOf(this.#points, polygon), tile);
    });
    communities.forEach((area, community) => {
      for (const polygon of area) this.#addBorder(edgesOf(this.#points, polygon), community);
    });
  }

  result(): Unmatched[][] {
    const covered = this.#pairOff();
    for (let edge = 0; edge < this.#border.size; edge++) {
      if (!covered[edge] && !this.#followChain(edge)) {
        this.#unmatched[this.#borderOwners[edge] as number]?.push({ tile: null, at: this.#pointAt(this.#border.xs[edge] as number) });
      }
    }
    for (const edge of [...this.#waiting.values()].flat()) this.#report(edge);
    return this.#unmatched;
  }

  #addTile(list: readonly number[], tile: number): void {
    for (let i = 0; i < list.length; i += 2) {
      const edge = this.#edges.idOf(list[i] as number, list[i + 1] as number);
      if (edge === this.#owners.length) this.#owners.push(tile);
      else this.#report(edge, tile);
    }
  }

  #addBorder(list: readonly number[], community: number): void {
    for (let i = 0; i < list.length; i += 2) {
      const edge = this.#border.idOf(list[i] as number, list[i + 1] as number);
      if (edge === this.#borderOwners.length) this.#borderOwners.push(community);
    }
  }

  /** Twins within a community, and edges that are its border. Answers which borders of communities are covered. */
  #pairOff(): Uint8Array {
    const covered = new Uint8Array(this.#border.size);
    const { xs, ys } = this.#edges;
    for (let edge = 0; edge < xs.length; edge++) {
      const [from, to] = [xs[edge] as number, ys[edge] as number];
      const twin = this.#edges.find(to, from);
      if (twin !== undefined && this.#communityOf(twin) === this.#communityOf(edge)) continue;
      const border = this.#border.find(from, to);
      if (border !== undefined && this.#borderOwners[border] === this.#communityOf(edge)) covered[border] = 1;
      else this.#waiting.set(from, [...(this.#waiting.get(from) ?? []), edge]);
    }
    return covered;
  }

  /** Whether waiting edges lead along a border of a community from end to end; they wait no longer then. */
  #followChain(border: number): boolean {
    const [from, to] = [this.#border.xs[border] as number, this.#border.ys[border] as number];
    const community = this.#borderOwners[border] as number;
    const chain: number[] = [];
    for (let at = from; at !== to; ) {
      const next = this.#waiting.get(at)?.find((edge) => this.#communityOf(edge) === community && this.#advances(edge, from, to));
      if (next === undefined) return false;
      chain.push(next);
      at = this.#edges.ys[next] as number;
    }
    // Beside the border lies a grid of another community: it has to have the same vertices.
    const across = this.#border.find(to, from);
    const matched = (edge: number): boolean =>
      this.#edges.find(this.#edges.ys[edge] as number, this.#edges.xs[edge] as number) !== undefined;
    if (across !== undefined && this.#drawn.has(this.#borderOwners[across] as number) && !chain.every(matched)) return false;
    for (const edge of chain) this.#release(edge);
    return true;
  }

  /** Whether an edge leads on along the way between two points, close by it. */
  #advances(edge: number, from: number, to: number): boolean {
    const [[ax, ay], [bx, by]] = [this.#pointAt(from), this.#pointAt(to)];
    const [[px, py], [qx, qy]] = [this.#pointAt(this.#edges.xs[edge] as number), this.#pointAt(this.#edges.ys[edge] as number)];
    const forward = (qx - px) * (bx - ax) + (qy - py) * (by - ay);
    return forward > 0 && distanceToSegment(qx, qy, ax, ay, bx, by) <= BORDER_PLAY_STEPS;
  }

  #release(edge: number): void {
    const from = this.#edges.xs[edge] as number;
    const left = (this.#waiting.get(from) ?? []).filter((other) => other !== edge);
    if (left.length > 0) this.#waiting.set(from, left);
    else this.#waiting.delete(from);
  }

  #report(edge: number, tile: number = this.#owners[edge] as number): void {
    const { community } = this.#tiles[tile] as Tile;
    this.#unmatched[community as number]?.push({ tile, at: this.#pointAt(this.#edges.xs[edge] as number) });
  }

  #communityOf(edge: number): number | null {
    return (this.#tiles[this.#owners[edge] as number] as Tile).community;
  }

  #pointAt(id: number): LatticePoint {
    return [this.#points.xs[id] as number, this.#points.ys[id] as number];
  }
}
