// What an account says of somebody, and the requests that make or change one.
import { z } from 'zod';
import { levelOf } from '../geo/region.ts';
import { EVERYWHERE } from './reach.ts';
import { ROLES, type Role } from './roles.ts';

const MAX_NAME = 40;

/** One login in one way of writing: letter case and width do not tell two people apart. */
export const asLogin = (text: string): string => text.trim().normalize('NFKC').toLowerCase();

const login = z
  .string()
  .transform(asLogin)
  .pipe(z.string().regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}._@-]{1,39}$/u));
const name = z.string().trim().min(1).max(MAX_NAME);
/** Empty: none, as for administrators. */
const organ = z.string().trim().max(MAX_NAME);
const region = z.string().refine((code) => code === EVERYWHERE || levelOf(code) !== null, '62, 6207, 620724, 620724100, 620724100001, *');
export const rolesSchema = z.array(z.enum(ROLES)).refine((roles) => new Set(roles).size === roles.length, 'each role once');
/** Looked at by core/accounts/password.ts, which says what is wrong. */
const password = z.string();

/** Body of POST /api/accounts: an account that may do nothing until roles are granted. */
export const newAccountSchema = z.strictObject({ login, name, organ, region, password });
export type NewAccount = z.infer<typeof newAccountSchema>;

/** Body of POST /api/accounts/{id}: what is left out stays. The upper half manages accounts, the lower half grants rights. */
export const accountChangeSchema = z
  .strictObject({
    name: name.optional(),
    organ: organ.optional(),
    region: region.optional(),
    disabled: z.boolean().optional(),
    password: password.optional(),
    roles: rolesSchema.optional(),
    unlock: z.literal(true).optional(),
    resetSecondFactor: z.literal(true).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'nothing to change');
export type AccountChange = z.infer<typeof accountChangeSchema>;

/** Fields that take `grant-roles`; the others take `manage-accounts`. */
export const GRANTS: readonly (keyof AccountChange)[] = ['roles', 'unlock', 'resetSecondFactor'];

/** Longest code of a region in which the role makes sense: a province decides filings, a city files. */
const WIDEST_NEEDED: Readonly<Partial<Record<Role, number>>> = { province: 2, city: 4 };

/** The first role that needs a larger region than this one; null: all fit. The database says the same (sql/005). */
export function roleBeyondRegion(roles: readonly Role[], code: string): Role | null {
  return roles.find((role) => code.length > (WIDEST_NEEDED[role] ?? Number.POSITIVE_INFINITY)) ?? null;
}
