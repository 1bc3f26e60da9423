// onegrid verify: says what is wrong with a filing package, by file and place; without a database.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Verification } from '../../core/filing/verification.ts';
import { EXIT_ERRORS, UnusableInput } from './exit.ts';
import { LANGUAGE } from './language.ts';
import { say } from './texts.ts';

/** Findings that are written for people; standard output has them all. */
const SHOWN_FINDINGS = 20;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('verify a filing package: seal, digests, tiling, checks, codes and signatures')
    .argument('<package>', 'the .zip as it was sent')
    .action(verify);
}

async function verify(path: string): Promise<void> {
  const bytes = readPackage(path);
  // Loaded when needed: help and wrong options answer at once.
  const { verifyPackage } = await import('../../core/filing/verify.ts');
  const { digest, manifest, findings } = await verifyPackage(bytes);
  const countOf = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [countOf('error'), countOf('warning')];
  const answer = { valid: errors === 0, digest, counts: manifest?.counts ?? null, errors, warnings, findings };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  writeVerdict(findings, errors);
  if (errors > 0) process.exitCode = EXIT_ERRORS;
}

function readPackage(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UnusableInput(say('package-unreadable', { path, reason: error instanceof Error ? error.message : '' }));
  }
}

function writeVerdict(findings: Verification['findings'], errors: number): void {
  for (const { severity, sentence, at } of findings.slice(0, SHOWN_FINDINGS)) {
    const values = { severity: say(severity), sentence: sentence[LANGUAGE], place: at === null ? '' : ` [${at}]` };
    process.stderr.write(`${say('package-finding', values)}\n`);
  }
  if (findings.length > SHOWN_FINDINGS) process.stderr.write(`${say('more-findings', { count: findings.length - SHOWN_FINDINGS })}\n`);
  process.stderr.write(`${errors === 0 ? say('package-valid') : say('package-refused', { errors })}\n`);
}
