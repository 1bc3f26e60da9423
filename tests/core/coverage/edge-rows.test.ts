// Asking for many points gives the answers that asking for each gives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentMeetsBox } from '../../../core/coverage/box.ts';
import { EdgeRows } from '../../../core/coverage/edge-rows.ts';
import { locate } from '../../../core/coverage/locate.ts';

import { outlineOf } from '../../../core/coverage/outline.ts';
import { patchworkOf, recipeOf } from './random-coverage.ts';

test('places points as locate does: anywhere, on vertices, on edges, beyond', () => {
  fc.assert(
    fc.property(
      recipeOf(400),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }))),
      (recipe, near) => {
        for (const polygon of outlineOf(patchworkOf(recipe).map((block) => block.polygon))) {
          const rows = new EdgeRows(polygon);
          const vertices = polygon.flat();
          for (const [choice, dx, dy] of near) {
            const at = 2 * (choice % (vertices.length / 2));
            const next = (at + 2) % vertices.length;
            const [x, y] = [(vertices[at] as number) + dx, (vertices[at + 1] as number) + dy];
            const middle = [
              ((vertices[at] as number) + (vertices[next] as number)) / 2,
              ((vertices[at + 1] as number) + (vertices[next + 1] as number)) / 2,
            ];
            expect(rows.locate(x, y)).toBe(locate([x, y], polygon));
            expect(rows.locate(middle[0] as number, middle[1] as number)).toBe(locate([middle[0] as number, middle[1] as number], polygon));
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('finds the edges that meet a box', () => {
  fc.assert(
    fc.property(recipeOf(400), fc.nat(), fc.nat(60), fc.nat(60), (recipe, choice, width, height) => {
      for (const polygon of outlineOf(patchworkOf(recipe).map((block) => block.polygon))) {
        const vertices = polygon.flat();
        const at = 2 * (choice % (vertices.length / 2));
        const [x, y] = [vertices[at] as number, vertices[at + 1] as number];
        const box = { minX: x - width, minY: y - height, maxX: x + width, maxY: y + height };
        const found = new Set<string>();
        new EdgeRows(polygon).visitEdges(box, (...ends) => found.add(ends.join()));
        const all = polygon.flatMap((ring) =>
          ring.flatMap((_, i) =>
            i % 2 ? [] : [[ring.at(i - 2), ring.at(i - 1), ring[i], ring[i + 1]] as [number, number, number, number]],
          ),
        );
        expect([...found].sort()).toEqual(
          all
            .filter((ends) => segmentMeetsBox(...ends, box))
            .map((ends) => ends.join())
            .sort(),
        );
      }
    }),
    { numRuns: 200 },
  );
});
