// Accounts in a real browser: the demo's accounts by one click, signing in and being locked out, work kept over the end of a session,
// accounts made by one administrator and entitled by another, the log read by a third.
import { Secret, TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '../../core/accounts/roles.ts';
import { insertWithHash } from '../../server/accounts/administer.ts';
import { systemIdentity } from '../../server/http/identity.ts';
import { ownerOf, seedCounty, seedGrid, seedPlan, startTestServer, type TestServer } from '../server/harness.ts';
import { openStage, type Stage } from './stage.ts';

const EAST = '620724100001';
const PASSWORD = '高台县的好密码2026';
const OWN_PASSWORD = '只有我一个人知道的密码';

let server: TestServer;
let stage: Stage;
let page: Page;

beforeAll(async () => {
  server = await startTestServer();
  const { blocks } = await seedCounty(server.database);
  const plan = await seedPlan(server.database);
  await seedGrid(server.database, plan, EAST, (blocks[EAST] ?? []).slice(0, 5), '东街第一网格');
  stage = await openStage();
  page = stage.page;
  await page.goto(server.address);
});

afterAll(async () => {
  await stage?.close();
  await server?.close();
});

const picture = (name: string) => stage.picture(name);
const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const menu = (): Locator => page.getByTestId('account-menu');
const signInCard = (): Locator => page.getByRole('dialog', { name: '登录' });

async function takeDemo(login: string, name: string): Promise<void> {
  await menu().click();
  await page.locator(`[data-login="${login}"]`).click();
  await expect.poll(() => menu().textContent()).toContain(name);
}

/** With the mouse into the field, and typed over what is there. */
async function enter(field: Locator, text: string): Promise<void> {
  await field.click({ clickCount: 3 });
  await page.keyboard.type(text);
}

async function signIn(login: string, password: string, code?: string): Promise<void> {
  await enter(page.getByLabel('登录名'), login);
  await enter(page.getByLabel('密码', { exact: true }), password);
  if (code !== undefined) await enter(page.getByLabel('动态验证码'), code);
  await signInCard().locator('button[type="submit"]').click();
}

/** The page is loaded anew; what is typed before is lost. */
async function signOut(): Promise<void> {
  await menu().click();
  await Promise.all([page.waitForEvent('load'), button('退出登录').click()]);
  await signInCard().waitFor();
}

const make = (login: string, name: string, roles: Role[], more: { organ?: string; region?: string; passwordTemporary?: boolean } = {}) =>
  insertWithHash(server.context, systemIdentity('test'), {
    ...{ login, name, organ: '', region: '*', password: PASSWORD, roles, passwordTemporary: false, ...more },
  });

it('forces nobody to sign in for the demo, and offers each account with role, organ and region', async () => {
  await page.getByText('东街', { exact: true }).first().click();
  await page.getByTestId('community-panel').waitFor();
  expect(await menu().textContent()).toBe('演示');
  await menu().click();
  const reviewer = page.locator('[data-login="demo-county-mzj"]');
  await reviewer.waitFor();
  expect(await reviewer.locator('span').allTextContents()).toEqual(['县民政局审核员', '审核人员', '民政局 · 高台县']);
  await picture('demo-accounts');
  await menu().click();
  await reviewer.waitFor({ state: 'hidden' });
});

it('moves nothing for whoever asks for less motion, as these tests do', async () => {
  const move = page.evaluate(
    () => new Promise((moved) => document.addEventListener('animationstart', ({ animationName }) => moved(animationName))),
  );
  await menu().click();
  await page.locator('[data-login]').first().waitFor();
  const still = new Promise((resolve) => setTimeout(resolve, 1_000, null));
  expect(await Promise.race([move, still])).toBe(null);
  await menu().click();
  await page.locator('[data-login]').first().waitFor({ state: 'hidden' });
});

it('lets a viewer read and says at every tool why not more; the open community stays open', async () => {
  await takeDemo('demo-viewer', '县里的读者');
  await page.getByTestId('community-panel').waitFor();
  const why = '您的账号是查阅人员,不能编辑方案';
  await expect.poll(() => page.getByTestId('edit-note').textContent()).toBe(why);
  for (const tool of ['paint', 'split', 'draw', 'divide']) {
    expect(await page.locator(`[data-tool="${tool}"]`).getAttribute('aria-disabled')).toBe('true');
  }
  // A button that says why it cannot act is still there to be clicked.
  await page.locator('[data-tool="split"]').click({ force: true });
  await page.locator('.notice-toast', { hasText: why }).waitFor();
  expect(await page.locator('[data-tool="split"]').getAttribute('aria-pressed')).toBe('false');
  await page.keyboard.press('i');
  await page.locator('.notice-toast', { hasText: '您的账号是查阅人员,不能导入数据' }).waitFor();
  await page.locator('.grid-list').getByText('东街第一网格').click();
  expect(await page.getByLabel('网格名称').isDisabled()).toBe(true);
  await picture('viewer');
});

it('shows a town drafter the town alone', async () => {
  await takeDemo('demo-town', '城关镇规划员');
  await page.getByText('东街', { exact: true }).first().waitFor();
  expect(await page.getByText('渠口', { exact: false }).count()).toBe(0);
  expect(await page.locator('[data-tool="divide"]').getAttribute('aria-disabled')).toBe('false');
});

it('shows administrators their own screens and no map', async () => {
  await takeDemo('demo-system', '系统管理员');
  await page.getByText('还没有账号').waitFor();
  expect(await page.getByTestId('map').count()).toBe(0);
  expect(await button('新建账号').getAttribute('title')).toContain('onegrid account add');
});

it('asks for a password as soon as there is an account, and keeps out whoever tries too often, until a time that it names', async () => {
  await make('sysadmin', '系统管理员甲', ['system-administrator']);
  await make('security', '安全管理员乙', ['security-administrator']);
  await make('auditor', '审计员丙', ['auditor']);
  await make('county', '县规划员丁', ['drafter'], { organ: '政法委', region: '620724', passwordTemporary: true });
  await page.reload();
  await signInCard().waitFor();
  await picture('sign-in');
  await signInCard().locator('button[type="submit"]').click();
  await expect.poll(() => signInCard().getByText('请填写').count()).toBe(2);
  for (let attempt = 1; attempt < 5; attempt++) {
    await signIn('county', `不对${attempt}`);
    await expect.poll(() => signInCard().getByRole('alert').last().textContent()).toContain('账号或密码不正确');
  }
  await signIn('county', '还是不对');
  await expect.poll(() => signInCard().getByRole('alert').last().textContent()).toMatch(/15 分钟后再试.*\d\d:\d\d 以后可以再试/);
  await picture('locked-out');
});

it('lets the system administrator make an account and shows its password once; rights are somebody else’s', async () => {
  await signIn('sysadmin', PASSWORD);
  await page.locator('[data-account="county"]').waitFor();
  await button('新建账号').click();
  const form = page.locator('.ant-modal', { hasText: '新建账号' });
  await enter(form.getByLabel('登录名'), 'xinren');
  await enter(form.getByLabel('姓名'), '新任审核员');
  await enter(form.getByLabel('单位'), '民政局');
  // Without the list of what is known, the key would close the form.
  await page.locator('.ant-select-item-option', { hasText: '民政局' }).waitFor();
  await page.keyboard.press('Escape');
  await form.getByRole('combobox', { name: '地区' }).click();
  await page.keyboard.type('城关');
  await page.locator('.ant-select-item-option', { hasText: '高台县 · 城关镇' }).click();
  await button('建立账号').click();
  const password = (await page.getByTestId('handed-out-password').textContent()) ?? '';
  expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
  await picture('account-made');
  await button('已转交').click();
  await page.getByTestId('handed-out-password').waitFor({ state: 'hidden' });
  const row = page.locator('[data-account="xinren"]');
  expect(await row.textContent()).toContain('高台县 · 城关镇');
  expect(await row.textContent()).toContain('还没有角色');
  expect(await page.getByTestId('account-rights').textContent()).toContain('授予角色、解锁和重置动态验证码由安全管理员办理');
  expect(await page.getByTestId('account-rights').getByRole('checkbox').first().isDisabled()).toBe(true);
  await picture('accounts');
});

it('lets the security administrator grant roles, never two that watch each other, and unlock', async () => {
  await signOut();
  await signIn('security', PASSWORD);
  await page.locator('[data-account="xinren"]').click();
  const role = (name: Role): Locator => page.locator('label', { has: page.locator(`[data-role="${name}"]`) });
  await role('reviewer').click();
  await expect.poll(() => role('auditor').textContent()).toContain('已有业务角色,不能兼任管理员');
  expect(await role('city').textContent()).toContain('地区须为市或省');
  await button('授予').click();
  await expect.poll(() => page.locator('[data-account="xinren"]').textContent()).toContain('审核人员');
  await page.locator('[data-account="county"]').click();
  expect(await page.locator('[data-account="county"]').textContent()).toContain('锁定至');
  await button('解除锁定').click();
  await expect.poll(() => page.locator('[data-account="county"]').textContent()).toContain('正常');
  await page.getByPlaceholder('按姓名、登录名').fill('民政局 城关');
  await expect.poll(() => page.locator('[data-account]').count()).toBe(1);
  await picture('account-rights');
});

it('has a first password changed, and lets nobody on before', async () => {
  await signOut();
  await signIn('county', PASSWORD);
  await signInCard().getByText('初始密码由管理员设定').waitFor();
  await enter(page.getByLabel('现在的密码'), PASSWORD);
  await enter(page.getByLabel('新密码', { exact: true }), '1234567890');
  await enter(page.getByLabel('再输一次新密码'), '123456789');
  await button('修改密码').click();
  await signInCard().getByText('两次输入的新密码不同').waitFor();
  await enter(page.getByLabel('再输一次新密码'), '1234567890');
  await button('修改密码').click();
  await expect.poll(() => signInCard().getByRole('alert').last().textContent()).toContain('这个密码太常见');
  await enter(page.getByLabel('新密码', { exact: true }), OWN_PASSWORD);
  await enter(page.getByLabel('再输一次新密码'), OWN_PASSWORD);
  await picture('first-password');
  await button('修改密码').click();
  await signInCard().waitFor({ state: 'hidden' });
  await expect.poll(() => menu().textContent()).toBe('县规划员丁政法委 · 高台县');
});

it('sets up a second factor by its code, which is asked for from then on', async () => {
  await menu().click();
  await button('绑定动态验证码').click();
  const dialog = page.locator('.account-dialog');
  await enter(dialog.getByLabel('密码'), OWN_PASSWORD);
  await dialog.getByRole('button', { name: '下一步' }).click();
  const secret = ((await page.getByTestId('second-factor-secret').textContent()) ?? '').replaceAll(' ', '');
  await dialog.locator('.ant-qrcode svg').waitFor();
  await picture('second-factor');
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await enter(dialog.getByLabel('动态验证码'), totp.generate());
  await dialog.getByRole('button', { name: /绑\s*定/ }).click();
  await dialog.waitFor({ state: 'hidden' });
});

it('keeps the work when the session ends and goes on when the same person has signed in again', async () => {
  await page.getByText('东街', { exact: true }).first().click();
  await page.locator('.grid-list').getByText('东街第一网格').click();
  await page.getByTestId('grid-panel').waitFor();
  const owner = ownerOf(server.database);
  await enter(page.getByLabel('网格名称'), '会后改名的网格');
  await owner.query('delete from session');
  await owner.query(`update account set totp_secret = null, totp_step = null where login = 'county'`);
  await page.keyboard.press('Enter');
  await signInCard().getByText('以“县规划员丁”再次登录后继续').waitFor();
  await picture('session-ended');
  await signIn('county', OWN_PASSWORD);
  await signInCard().waitFor({ state: 'hidden' });
  await page.waitForSelector('[data-testid="save-state"][data-state="saved"]');
  const { rows } = await owner.query('select name from grid');
  expect(rows).toEqual([{ name: '会后改名的网格' }]);
  expect(await page.getByLabel('网格名称').inputValue()).toBe('会后改名的网格');
});

it('shows the auditor who did what, searched by action, down to the head of the chain', async () => {
  await signOut();
  await signIn('auditor', PASSWORD);
  const log = page.getByTestId('audit');
  await log.locator('[data-action="locked-out"]').waitFor();
  expect(await log.locator('[data-action="roles-granted"]').textContent()).toContain('审核人员');
  expect(await page.getByTestId('audit-head').textContent()).toMatch(/已封存至第 \d+ 条.*[0-9a-f]{64}/);
  await page.getByLabel('行为').click();
  await page.keyboard.type('登录被拒');
  await page.keyboard.press('Enter');
  await expect.poll(() => log.locator('tbody tr').count()).toBe(5);
  await picture('audit');
  await enter(page.getByPlaceholder('人员、单位'), '没有这个人');
  await log.getByText('没有符合条件的记录').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), button('导出 CSV').click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  expect(stage.faults).toEqual([]);
});
