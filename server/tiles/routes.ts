// GET /tiles/{layer}/{z}/{x}/{y}: the background map as vector tiles, one layer each.
import { Router } from 'express';
import type { Context } from '../http/context.ts';
import { dbOf } from '../http/identity.ts';
import { ProblemError } from '../http/problem.ts';
import { tileLayers } from './layers.ts';
import { readMapRevision, readTileRows } from './store.ts';
import { encodeTile, tileAddress, tileBox } from './tile.ts';

/** A map that is panned asks for the same tiles again and again; an import shows after at most this long. */
const FRESH_SECONDS = 60;

export function tileRoutes(context: Context): Router {
  context.api.add({
    method: 'get',
    needs: 'read',
    path: '/tiles/{layer}/{z}/{x}/{y}',
    summary: `Vector tile of ${[...tileLayers.keys()].join(', ')}`,
    answers: 'application/vnd.mapbox-vector-tile',
    problems: ['unknown-layer', 'bad-tile'],
  });
  return Router().get('/tiles/:layer/:z/:x/:y', async (request, response) => {
    const { layer: name, z, x, y } = request.params;
    const layer = tileLayers.get(name);
    if (layer === undefined) throw new ProblemError(404, 'unknown-layer', { layer: name });
    const address = tileAddress(z, x, y);
    if (address === null) throw new ProblemError(400, 'bad-tile', { tile: `${z}/${x}/${y}` });
    const db = dbOf(context, request);
    // The cookie says who asks, and with that how much of the map is theirs.
    response.vary('Cookie').set({ 'Cache-Control': `private, max-age=${FRESH_SECONDS}`, ETag: `"${await readMapRevision(db)}"` });
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    const rows = address.z < layer.minimumZoom ? [] : await readTileRows(db, layer, tileBox(address), address.z);
    if (rows.length === 0) {
      response.status(204).end();
      return;
    }
    response.type('application/vnd.mapbox-vector-tile').send(encodeTile(name, address, rows));
  });
}
