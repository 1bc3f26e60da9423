// Accounts over HTTP: those of one's own region, made by one administrator, entitled by another.
import { Router } from 'express';
import { z } from 'zod';
import { accountChangeSchema, newAccountSchema } from '../../core/accounts/account.ts';
import type { Context } from '../http/context.ts';
import { dbOf, identityOf } from '../http/identity.ts';
import { accountRecords, changeAccount, makeAccount } from './administer.ts';

const accountId = z.coerce.number().int().positive().max(2_147_483_647);

export function accountRoutes(context: Context): Router {
  context.api.add(
    { method: 'get', needs: ['manage-accounts', 'grant-roles'], path: '/api/accounts', summary: 'Accounts of one’s own region' },
    {
      method: 'post',
      needs: 'manage-accounts',
      path: '/api/accounts',
      summary: 'Makes an account without roles; its password has to be changed at the first sign-in',
      body: newAccountSchema,
      problems: ['login-taken', 'region-out-of-reach', 'password-short', 'password-login', 'password-common'],
    },
    {
      method: 'post',
      needs: ['manage-accounts', 'grant-roles'],
      path: '/api/accounts/{id}',
      summary: 'Changes what is given: roles, unlock and resetSecondFactor take grant-roles, the rest manage-accounts',
      body: accountChangeSchema,
      problems: [
        'unknown-account',
        'own-account',
        'password-of-administrator',
        'region-out-of-reach',
        'roles-separated',
        'role-beyond-region',
        'last-security-administrator',
      ],
    },
  );
  return Router()
    .get('/api/accounts', async (request, response) => {
      response.json(await accountRecords(context, dbOf(context, request)));
    })
    .post('/api/accounts', async (request, response) => {
      const made = await makeAccount(context, identityOf(request), newAccountSchema.parse(request.body));
      response.status(201).location(`/api/accounts/${made.id}`).json(made);
    })
    .post('/api/accounts/:id', async (request, response) => {
      const id = accountId.parse(request.params.id);
      response.json(await changeAccount(context, identityOf(request), id, accountChangeSchema.parse(request.body)));
    });
}
