// onegrid account: makes the first administrators, and helps where nobody can sign in any more.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Command } from 'commander';
import { type AccountChange, newAccountSchema, rolesSchema } from '../../core/accounts/account.ts';
import { EVERYWHERE } from '../../core/accounts/reach.ts';
import { ROLES, SEPARATED_ROLES } from '../../core/accounts/roles.ts';
import type { AccountRecord } from '../../core/api/messages.ts';
import type { Database } from '../database/open.ts';
import { UnusableInput } from './exit.ts';
import { LANGUAGE } from './language.ts';
import { dataDirOption, type SettingOptions, settingsOf } from './settings.ts';
import { say } from './texts.ts';

/** Who histories say it was. */
const ACTOR = 'onegrid account';

interface NewAccountOptions extends SettingOptions {
  readonly name?: string;
  readonly organ: string;
  readonly region?: string;
  readonly roles: string;
  readonly temporary?: boolean;
}

export function accountCommand(): Command {
  const account = new Command('account').exitOverride().description('accounts: the first administrators are made here');
  const add = account
    .command('add <login>')
    .description('make an account; the password is asked for, or read from standard input')
    .option('--name <name>', 'name of the person (default: the login)')
    .option('--organ <organ>', '政法委, 平安办, 民政局 …', '')
    .option('--region <code>', 'prefix of the regions that are theirs: 62, 6207, 620724, 620724100; *: all, as for administrators')
    .option('--roles <roles>', `separated by commas: ${ROLES.join(', ')}`, '')
    .option('--temporary', 'the password has to be changed at the first sign-in')
    .action(addAccount);
  const list = account.command('list').description('all accounts').action(listAll);
  const commands = [
    add,
    list,
    changing('disable <login>', 'close an account; its sessions end', { disabled: true }),
    changing('enable <login>', 'open it again', { disabled: false }),
    changing('unlock <login>', 'forget failures to sign in', { unlock: true }),
    changing('reset-second-factor <login>', 'have the second factor enrolled anew', { resetSecondFactor: true }),
    account
      .command('roles <login> <roles>')
      .description('separated by commas; an empty text takes all away')
      .action((login: string, roles: string, options: SettingOptions) => changeByLogin(login, { roles: rolesOf(roles) }, options)),
    account
      .command('password <login>')
      .description('set another password, asked for or read from standard input')
      .option('--temporary', 'it has to be changed at the first sign-in')
      .action(setPassword),
  ];
  for (const command of commands) command.addOption(dataDirOption());
  return account;

  function changing(usage: string, description: string, change: AccountChange): Command {
    return account
      .command(usage)
      .description(description)
      .action((login: string, options: SettingOptions) => changeByLogin(login, change, options));
  }
}

async function addAccount(typed: string, options: NewAccountOptions): Promise<void> {
  const roles = rolesOf(options.roles);
  const overseer = roles.length > 0 && roles.every((role) => SEPARATED_ROLES.includes(role));
  const region = options.region ?? (overseer ? EVERYWHERE : '');
  const given = { login: typed, name: options.name ?? typed, organ: options.organ, region };
  const described = newAccountSchema.omit({ password: true }).safeParse(given);
  if (!described.success) {
    const field = String(described.error.issues[0]?.path[0] ?? '');
    throw new UnusableInput(say('account-field', { field, value: given[field as keyof typeof given] ?? '' }));
  }
  const password = await askPassword();
  await withAccounts(options, async ({ administer, database, identity }) => {
    const wanted = { ...described.data, roles, password, passwordTemporary: options.temporary ?? false };
    return administer.insertWithHash({ database, clock }, identity, wanted);
  });
}

const listAll = (options: SettingOptions): Promise<void> =>
  withAccounts(options, async ({ administer, database, identity }) => {
    const { scoped } = await import('../database/transaction.ts');
    return { accounts: await administer.accountRecords({ clock }, scoped(database, identity)) };
  });

async function setPassword(login: string, options: SettingOptions & { temporary?: boolean }): Promise<void> {
  const password = await askPassword();
  await changeByLogin(login, { password, passwordTemporary: options.temporary ?? false }, options);
}

function changeByLogin(typed: string, change: AccountChange & { passwordTemporary?: boolean }, options: SettingOptions): Promise<void> {
  return withAccounts(options, async ({ administer, database, identity }): Promise<AccountRecord> => {
    const [{ findAccount }, { scoped }, { asLogin }] = await Promise.all([
      import('../accounts/store.ts'),
      import('../database/transaction.ts'),
      import('../../core/accounts/account.ts'),
    ]);
    const account = await findAccount(scoped(database, identity), asLogin(typed));
    if (!account) throw new UnusableInput(say('account-missing', { login: typed }));
    return administer.applyChange({ database, clock }, identity, account.id, change);
  });
}

const clock = (): Date => new Date();

interface AtWork {
  readonly administer: typeof import('../accounts/administer.ts');
  readonly database: Database;
  readonly identity: import('../http/identity.ts').Identity;
}

/** Opens the database, writes what the work answers to standard output, and says in a sentence why it could not be done. */
async function withAccounts(options: SettingOptions, work: (at: AtWork) => Promise<object>): Promise<void> {
  // Loaded when needed: help and wrong options answer at once.
  const [administer, { openDatabase }, { systemIdentity }, { ProblemError, problemBody, problemOf }] = await Promise.all([
    import('../accounts/administer.ts'),
    import('../database/open.ts'),
    import('../http/identity.ts'),
    import('../http/problem.ts'),
  ]);
  const database = await openDatabase(settingsOf(options));
  try {
    const answer = await work({ administer, database, identity: systemIdentity(ACTOR) });
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  } catch (error) {
    const problem = error instanceof ProblemError ? error : problemOf(error);
    if (error instanceof UnusableInput || problem.status >= 500) throw error;
    throw new UnusableInput(problemBody(problem, LANGUAGE).detail);
  } finally {
    await database.close();
  }
}

function rolesOf(text: string) {
  const roles = text
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
  const parsed = rolesSchema.safeParse(roles);
  if (!parsed.success) throw new UnusableInput(say('account-roles', { roles: text, known: ROLES.join(', ') }));
  return parsed.data;
}

/** Typed twice without being shown, or the first line of standard input where it is no terminal: never an argument, which others can see. */
async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    for await (const line of createInterface({ input: process.stdin })) return line;
    throw new UnusableInput(say('password-missing'));
  }
  const password = await askHidden(say('password-prompt'));
  if ((await askHidden(say('password-again'))) !== password) throw new UnusableInput(say('password-differs'));
  return password;
}

function askHidden(prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(prompt);
  return new Promise((resolve, reject) => {
    terminal.once('SIGINT', () => {
      terminal.close();
      reject(new UnusableInput(''));
    });
    terminal.question('', (answer) => {
      terminal.close();
      process.stderr.write('\n');
      resolve(answer);
    });
  });
}
