// Colours of the map. Colour means something: kind by hue, neighbours told apart by lightness, state by border and dot (SCREEN "Colour").
import type { GridKind } from '../../core/plan/state.ts';

/** Colour classes of the adjacency colouring. */
const SHADES = 6;

interface KindColour {
  /** Degrees. */
  readonly hue: number;
  /** Percent. */
  readonly saturation: number;
}

const KIND: Readonly<Record<GridKind, KindColour>> = {
  urban: { hue: 214, saturation: 62 },
  rural: { hue: 142, saturation: 40 },
  dedicated: { hue: 274, saturation: 44 },
  thematic: { hue: 24, saturation: 60 },
};

/** Lightness in percent per shade: far steps first, so that few neighbours already differ clearly. */
const LIGHTNESS = [46, 68, 34, 57, 76, 40] as const;

/** Fill colour of a grid; the map lays it on at FILL_OPACITY. */
export function gridColour(kind: GridKind, shade: number): string {
  const { hue, saturation } = KIND[kind];
  return `hsl(${hue}, ${saturation}%, ${LIGHTNESS[((shade % SHADES) + SHADES) % SHADES]}%)`;
}

/** Quiet border of a grid inside its band. */
export const borderColour = (kind: GridKind): string => `hsl(${KIND[kind].hue}, ${KIND[kind].saturation}%, 36%)`;

/** Colours of the people who work on a plan: dark enough to be read as text on white, apart from the colours of the grids. */
const PEOPLE = ['#a3266b', '#0b6b63', '#6a3fb5', '#8a4b00', '#33691e', '#1558a6', '#ad1f1f', '#4a5568'] as const;

/** @param number the person's, from 1 */
export const personColour = (number: number): string => PEOPLE[(number - 1) % PEOPLE.length] as string;

export const KINDS = Object.keys(KIND) as readonly GridKind[];
export const SHADE_NUMBERS: readonly number[] = Array.from({ length: SHADES }, (_, shade) => shade);

export const FILL_OPACITY = 0.18;
export const FILL_OPACITY_BACKGROUND = 0.14;

export const COLOUR = {
  paper: '#f5f4f0',
  county: '#fcfbf9',
  hover: '#e9eff8',
  ink: '#262b33',
  inkQuiet: '#6b727d',
  halo: '#ffffff',
  communityBorder: '#3f4652',
  communityBorderQuiet: '#a9adb5',
  townBorder: '#8b919c',
  block: '#8d939d',
  undrawn: '#ffffff',
  undrawnHatch: '#c3c7ce',
  building: '#b9b4a9',
  buildingFull: '#7d7466',
  buildingEmpty: '#dedbd3',
  buildingEdge: '#8a8478',
  institution: '#e6e0ea',
  river: '#a9cbe3',
  railway: '#8b9099',
  road: '#ffffff',
  roadEdge: '#c9c6bd',
  wall: '#b8b2a6',
  baseArea: '#dcd9d0',
  baseLine: '#c4c0b6',
  oldGrid: '#8a4b00',
  accent: '#1f5fbf',
  amber: '#d97a00',
  error: '#c6262e',
  good: '#1c7d4d',
} as const;
