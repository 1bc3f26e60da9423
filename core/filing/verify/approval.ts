// Signatures, recorded checks and changes of codes: whether the package may be filed at all.
import type { PackageFinding } from '../../api/messages.ts';
import type { LifecycleStep } from '../../lifecycle/lifecycle.ts';
import type { Manifest, PackagedPlan } from '../manifest.ts';
import type { PackageContents } from '../schemas.ts';
import { packageFinding } from '../texts.ts';

export function approvalFindings({ plans }: Manifest, contents: PackageContents): PackageFinding[] {
  const steps = stepsBeforeFiling(contents['profile.json'].lifecycle.steps);
  return [
    ...plans.flatMap((plan) => steps.flatMap((step) => signatureFindings(plan, step, contents))),
    ...checkFindings(contents),
    ...changeFindings(contents),
  ];
}

/** Whoever files has them behind him. */
function stepsBeforeFiling(steps: readonly LifecycleStep[]): readonly LifecycleStep[] {
  const filing = steps.findIndex(({ id }) => id === 'file' || id === 'accept');
  return filing < 0 ? steps : steps.slice(0, filing);
}

function signatureFindings({ plan, name, digest }: PackagedPlan, step: LifecycleStep, contents: PackageContents): PackageFinding[] {
  const file = 'signatures.json';
  const signed = contents[file].signatures;
  return step.organs.flatMap((organ): PackageFinding[] => {
    const own = signed.filter((one) => one.plan === plan && one.step === step.id && one.organ === organ);
    const values = { plan: name, step: step.id, organ };
    if (own.length === 0) return [packageFinding('signature-missing', { file, values, at: `plan ${plan}` })];
    if (own.some((one) => one.digest === digest)) return [];
    return [packageFinding('signature-stale', { file, values, at: `item ${signed.indexOf(own[0] as (typeof own)[number]) + 1}` })];
  });
}

function checkFindings(contents: PackageContents): PackageFinding[] {
  const file = 'checks.json';
  const codes = new Set(contents['layout.geojson'].features.map(({ properties }) => properties.code));
  const communities = new Set(contents['communities.geojson'].features.map(({ properties }) => properties.code));
  return contents[file].checks.flatMap(({ check, severity, community, grid, reason }, i): PackageFinding[] => {
    const told = { file, values: { check, community, grid: grid ?? '' }, at: `item ${i + 1}` };
    if (!communities.has(community)) return [packageFinding('check-stray', { ...told, values: { check, subject: community } })];
    if (grid !== null && !codes.has(grid)) return [packageFinding('check-stray', { ...told, values: { check, subject: grid } })];
    if (severity === 'error') return [packageFinding('check-error', told)];
    return severity === 'warning' && reason.trim() === '' ? [packageFinding('check-unexplained', told)] : [];
  });
}

function changeFindings(contents: PackageContents): PackageFinding[] {
  const file = 'changes.json';
  const codes = new Set(contents['layout.geojson'].features.map(({ properties }) => properties.code));
  return contents[file].changes.flatMap(({ from, to, reason }, i): PackageFinding[] => {
    const at = `item ${i + 1}`;
    if (to !== null) return codes.has(to) ? [] : [packageFinding('change-stray', { file, values: { code: to }, at })];
    return reason.trim() === '' ? [packageFinding('change-unexplained', { file, values: { code: from ?? '' }, at })] : [];
  });
}
