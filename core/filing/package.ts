// Contents → the bytes of a filing package. The same contents give the same bytes. Inverse: verify.ts.
import type { Layout } from '../export/layout.ts';
import { changesCsv } from './changes-csv.ts';
import type { FilingContents } from './contents.ts';
import { countsOf } from './counts.ts';
import { sha256, sm3 } from './digest.ts';
import { jsonFiles, packagedLayout } from './json-files.ts';
import { MANIFEST_FILE, type Manifest, PACKAGE_FILES, PACKAGE_FORMAT, type PackageFile } from './manifest.ts';
import { registerWorkbook } from './register.ts';
import { reportHtml } from './report/report.ts';
import { layoutShapefile } from './shapefile/layout-shapefile.ts';
import { writeSealedZip } from './zip/write-zip.ts';

/** A sealed zip. What is wrong with the contents is found by verifying it, not here. */
export async function buildPackage(contents: FilingContents): Promise<Uint8Array> {
  const files = await packagedFiles(contents, packagedLayout(contents));
  const manifest = new TextEncoder().encode(`${JSON.stringify(manifestOf(contents, files), null, 1)}\n`);
  return writeSealedZip(new Map<string, Uint8Array>([[MANIFEST_FILE, manifest], ...files]));
}

/** In the order in which a package lists them. */
async function packagedFiles(contents: FilingContents, layout: Layout): Promise<Map<PackageFile, Uint8Array>> {
  const { plans, created } = contents;
  const text = new TextEncoder();
  const made = new Map<PackageFile, Uint8Array>([
    ...[...jsonFiles(contents, layout)].map(([file, content]): [PackageFile, Uint8Array] => [file, text.encode(content)]),
    ['changes.csv', text.encode(changesCsv(plans))],
    ['layout-shp.zip', layoutShapefile(layout, created.day)],
    ['register.xlsx', await registerWorkbook(plans)],
    ['report.html', text.encode(reportHtml(contents, layout))],
  ]);
  return new Map(PACKAGE_FILES.map((file) => [file, made.get(file) as Uint8Array]));
}

function manifestOf(contents: FilingContents, files: ReadonlyMap<PackageFile, Uint8Array>): Manifest {
  const { city, created, sheetMark, synthetic, profile, scheme, auditHead, regionTable, plans } = contents;
  const { day, person, organ } = created;
  const grids = plans.flatMap((plan) => plan.grids.map(({ properties }) => properties));
  return {
    format: PACKAGE_FORMAT,
    city: { code: city.code, name: city.name },
    created: { day, person, organ },
    sheetMark,
    synthetic,
    profile: { id: profile.content.id, version: profile.version },
    scheme: { id: scheme.content.id, version: scheme.version },
    auditHead: { position: auditHead.position, digest: auditHead.digest },
    regionTable,
    plans: plans.map(({ plan: { id, name, region, regionName, parent }, digest, grids: own, communities }) => {
      const counts = countsOf(
        own.map(({ properties }) => properties),
        communities.length,
      );
      return { plan: id, name, region, regionName, parent, digest, counts };
    }),
    counts: countsOf(
      grids,
      plans.reduce((sum, { communities }) => sum + communities.length, 0),
    ),
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sm3: sm3(bytes), sha256: sha256(bytes) })),
  };
}
