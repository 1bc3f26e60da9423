// The codes of a package: every grid has one that speaks of it, cells follow from it, and the registry says nothing against it.
import type { PackageFinding } from '../../api/messages.ts';
import { cellCodeOf } from '../../codes/cell-code.ts';
import { codeFits } from '../../codes/parse.ts';
import { CodeError } from '../../codes/schemes.ts';
import type { Manifest } from '../manifest.ts';
import type { PackageContents } from '../schemas.ts';
import { packageFinding } from '../texts.ts';
import type { CodeLookup } from '../verification.ts';

const FILE = 'layout.geojson';

/** That codes are unique and well-formed is asked with the layout. */
export function codeFindings(contents: PackageContents): PackageFinding[] {
  const scheme = contents['scheme.json'];
  return contents[FILE].features.flatMap(({ properties }, i): PackageFinding[] => {
    const { code, name, community, kind, cells } = properties;
    const at = `feature ${i + 1}`;
    if (code === null) return [packageFinding('code-missing', { file: FILE, values: { grid: name }, at })];
    if (!codeFits(scheme, code, { community, kind })) {
      return [packageFinding('code-unfit', { file: FILE, values: { code, grid: name, scheme: scheme.id }, at })];
    }
    return cells.flatMap((cell) => {
      const expected = cellCode(contents, code, cell.number);
      if (cell.code === expected) return [];
      const values = { grid: code, cell: cell.number, expected: expected ?? '-', code: cell.code ?? '-' };
      return [packageFinding('cell-code', { file: FILE, values, at })];
    });
  });
}

/** null: none can be made. */
function cellCode(contents: PackageContents, code: string, cell: number): string | null {
  try {
    return cellCodeOf(contents['scheme.json'], code, cell);
  } catch (error) {
    if (error instanceof CodeError) return null;
    throw error;
  }
}

/** What the registry where the package arrives says against its codes. */
export async function registryFindings(manifest: Manifest, contents: PackageContents, lookup: CodeLookup): Promise<PackageFinding[]> {
  const grids = contents[FILE].features.map(({ properties }) => properties);
  const { changes } = contents['changes.json'];
  const asked = [...grids.map(({ code }) => code), ...changes.map(({ from }) => from)].filter((code) => code !== null);
  const registered = await lookup([...new Set(asked)]);
  const planOf = new Map(contents['communities.geojson'].features.map(({ properties: { code, plan } }) => [code, plan]));
  const adjusting = new Set(manifest.plans.filter(({ parent }) => parent !== null).map(({ plan }) => plan));
  const ofGrids = grids.flatMap(({ code, community }, i): PackageFinding[] => {
    const known = code === null ? undefined : registered.get(code);
    if (code === null || !known) return [];
    const told = { file: FILE, at: `feature ${i + 1}` };
    if (known.state === 'retired') return [packageFinding('code-retired', { ...told, values: { code } })];
    if (known.community !== community) {
      return [packageFinding('code-elsewhere', { ...told, values: { code, registered: known.community, stated: community } })];
    }
    // An adjustment keeps the codes of grids that stay.
    if (known.state !== 'official' || adjusting.has(planOf.get(community) ?? 0)) return [];
    return [packageFinding('code-taken', { ...told, values: { code, grid: known.gridName ?? '' } })];
  });
  const ofChanges = changes.flatMap(({ from }, i) => {
    if (from === null || registered.has(from)) return [];
    const told = { file: 'changes.json', values: { code: from }, at: `item ${i + 1}` };
    return [packageFinding('change-unregistered', { ...told, severity: 'warning' })];
  });
  return [...ofGrids, ...ofChanges];
}
