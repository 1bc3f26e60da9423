// Asking for many points gives the answers that asking for each gives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locate } from '../../../core/coverage/locate.ts';
import { locatorOf } from '../../../core/coverage/locator.ts';
import { outlineOf } from '../../../core/coverage/outline.ts';
import { patchworkOf, recipeOf } from './random-coverage.ts';

test('places points as locate does: anywhere, on vertices, on edges, beyond', () => {
  fc.assert(
    fc.property(
      recipeOf(400),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }))),
      (recipe, near) => {
        for (const polygon of outlineOf(patchworkOf(recipe).map((block) => block.polygon))) {
          const locator = locatorOf(polygon);
          const vertices = polygon.flat();
          for (const [choice, dx, dy] of near) {
            const at = 2 * (choice % (vertices.length / 2));
            const next = (at + 2) % vertices.length;
            const [x, y] = [(vertices[at] as number) + dx, (vertices[at + 1] as number) + dy];
            const middle = [
              ((vertices[at] as number) + (vertices[next] as number)) / 2,
              ((vertices[at + 1] as number) + (vertices[next + 1] as number)) / 2,
            ];
            expect(locator(x, y)).toBe(locate([x, y], polygon));
            expect(locator(middle[0] as number, middle[1] as number)).toBe(locate([middle[0] as number, middle[1] as number], polygon));
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
