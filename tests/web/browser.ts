// A real Chromium for tests: the machine's own where there is one, otherwise the one that npm brought, with the libraries it lacks.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const UNPACKED = resolve('node_modules/.cache/onegrid-chromium');
const FONT_SETTINGS = join(UNPACKED, 'fonts.conf');

/** WebGL in software; nothing is looked up on the network. Web security stays on. */
const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--hide-scrollbars',
];

/** Starts the browser; the caller closes it. ONEGRID_CHROMIUM=npm leaves the machine's own aside. */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.ONEGRID_CHROMIUM === 'npm' ? undefined : INSTALLED.find((path) => existsSync(path));
  const { executablePath, variables } = own ? { executablePath: own, variables: {} } : await unpackChromium();
  // Under a locale without UTF-8 a chosen file with a Chinese name never reaches the page.
  const env = { ...(process.env as Record<string, string>), LC_ALL: 'C.UTF-8', ...variables };
  return chromium.launch({ executablePath, args: FLAGS, env });
}

async function unpackChromium(): Promise<{ executablePath: string; variables: Record<string, string> }> {
  const executablePath = join(UNPACKED, 'chromium');
  if (!existsSync(UNPACKED)) await unpackInto(`${UNPACKED}.${process.pid}`);
  writeFileSync(FONT_SETTINGS, fontSettings());
  const fonts = { FONTCONFIG_FILE: FONT_SETTINGS };
  return { executablePath, variables: lacksLibraries() ? { ...fonts, LD_LIBRARY_PATH: join(UNPACKED, 'al2023', 'lib') } : fonts };
}

/** The machine's own fonts and the packaged ones: without any font a text field brings this Chromium down. */
function fontSettings(): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(UNPACKED, 'fonts')].map((folder) => `<dir>${folder}</dir>`);
  const cache = `<cachedir>${join(UNPACKED, 'font-cache')}</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.join('')}${cache}</fontconfig>\n`;
}

/** Unpacks beside its place and moves it there whole, so that a test that is stopped leaves nothing half done. */
async function unpackInto(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { TMPDIR, AWS_EXECUTION_ENV, LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
  // The package unpacks into the folder for temporary files, and its libraries only where it believes to be on Lambda.
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    renameSync(folder, UNPACKED);
  } finally {
    restore({ TMPDIR, AWS_EXECUTION_ENV, LD_LIBRARY_PATH, FONTCONFIG_PATH });
    rmSync(folder, { recursive: true, force: true });
  }
}

function restore(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

function lacksLibraries(): boolean {
  try {
    const known = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
    return !['libnss3.so', 'libnspr4.so', 'libexpat.so.1'].every((name) => known.includes(name));
  } catch {
    return true;
  }
}
