// onegrid check: judges a layout file, ours or foreign, against communities, buildings and a profile; without a database.
import { Command } from 'commander';
import { DEFAULT_SCHEME, schemeOf } from '../../core/codes/schemes.ts';
import { UnusableFile } from '../../core/import/unusable-file.ts';
import type { ValidImport } from '../../core/import/validate.ts';
import type { LayoutReport } from '../../core/layout-check/check-layout.ts';
import type { ReadLayout } from '../../core/layout-check/read-layout.ts';
import type { Profile } from '../../core/rules/profile.ts';
import { DEFAULT_PROFILE, profileOf, profiles } from '../../core/rules/profiles.ts';
import { EXIT_ERRORS, UnusableInput } from './exit.ts';
import { problemOfFiles } from './files.ts';
import { writeFindings } from './findings.ts';
import { oneOf } from './known.ts';
import { endProgress, progressWriter } from './progress.ts';
import { say } from './texts.ts';

interface CheckCommandOptions {
  readonly layout: string;
  readonly communities: string;
  readonly buildings: string;
  readonly barriers?: string;
  readonly profile?: string;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('check a finished layout (.geojson or .geojson.gz), whoever made it: overlaps, gaps, totals, sizes, names, codes')
    .requiredOption('--layout <file>', 'areas, one per grid, with code, name, kind, community, households, population, buildings, area_m2')
    .requiredOption('--communities <file>', 'areas with code (12 digits) and name')
    .requiredOption('--buildings <file>', 'footprints or points with households and, if known, population, id, use')
    .option('--barriers <file>', 'lines with class: river, railway, main-road, secondary, street, lane, wall')
    .option('--profile <id>', `the rules that decide (default: what the layout says of itself, or ${DEFAULT_PROFILE})`)
    .action(check);
}

async function check(options: CheckCommandOptions): Promise<void> {
  const report = await checked(options);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  if (report.errors > 0) process.exitCode = EXIT_ERRORS;
}

async function checked(options: CheckCommandOptions): Promise<LayoutReport> {
  const named = options.profile === undefined ? undefined : oneOf('--profile', profiles, options.profile);
  // Loaded when needed: help and wrong options answer at once.
  const [{ readImportFile }, { mayBeStored, validateImport }, { readLayout }, { checkLayout }] = await Promise.all([
    import('../imports/read-file.ts'),
    import('../../core/import/validate.ts'),
    import('../../core/layout-check/read-layout.ts'),
    import('../../core/layout-check/check-layout.ts'),
  ]);
  const progress = progressWriter(process.stderr);
  try {
    progress({ phase: 'reading', fraction: 0 });
    const layout = readLayout(readImportFile('layout', options.layout));
    const profile = named ?? profileSaid(layout);
    const { communities, buildings, barriers } = options;
    const sources = {
      communities: readImportFile('communities', communities),
      buildings: readImportFile('buildings', buildings),
      barriers: barriers === undefined ? undefined : readImportFile('barriers', barriers),
    };
    const valid = validateImport(sources, (fraction) => progress({ phase: 'validating', fraction }));
    if (!mayBeStored(valid, false)) {
      writeFindings(valid.findings.list, options);
      throw new UnusableInput(say('nothing-checked'));
    }
    progress({ phase: 'checking', fraction: 0 });
    const report = checkLayout(layout, surroundingsOf(valid, layout, profile));
    endProgress(process.stderr);
    return report;
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    throw new UnusableInput(problemOfFiles({ code: error.reason, file: error.file, values: error.values }, options));
  }
}

/** The profile that the layout names; the default, and a line about it, where that one is not known here. */
function profileSaid({ declared }: ReadLayout): Profile {
  const known = profileOf(declared.profile ?? DEFAULT_PROFILE);
  if (known) return known;
  process.stderr.write(`${say('profile-unknown', { profile: declared.profile ?? '', fallback: DEFAULT_PROFILE })}\n`);
  return profileOf(DEFAULT_PROFILE) as Profile;
}

function surroundingsOf(valid: ValidImport, { declared }: ReadLayout, profile: Profile) {
  const { communities, buildings, barriers, findings } = valid;
  return {
    communities,
    buildings,
    barriers,
    profile,
    scheme: schemeOf(declared.scheme ?? DEFAULT_SCHEME) ?? null,
    populationEstimated: findings.list.some(({ message }) => message === 'population-estimated'),
  };
}
