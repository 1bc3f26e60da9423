// The built interface: files with a hash in their name are kept for a year, the page itself is asked for every time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const WEB = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** Serves dist/web; a path without a file of its own gets the page, which finds its own way. */
export function staticRoutes(folder: string = WEB): Router {
  const page = join(folder, 'index.html');
  return Router()
    .use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: true }))
    .use(express.static(folder, { cacheControl: false, setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache') }))
    .get('/{*path}', (request, response, next) => {
      if (/^\/(api|tiles|assets)(\/|$)/.test(request.path) || !request.accepts('html') || !existsSync(page)) return next();
      response.set('Cache-Control', 'no-cache').sendFile(page);
    });
}
