// Every page in every state: axe, targets, no sideways scroll, valid HTML. The short form looks at one phone width.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../fixtures/house.mjs";
import { faultsIn, savedAs } from "../fixtures/html.mjs";
import { sideways, smallTargets } from "../fixtures/sizes.mjs";
import * as tours from "../fixtures/tours.mjs";

const WIDTHS = process.env.MOOTHALL_PROVE === "1" ? [320, 412, 768, 1280] : [412];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const HEIGHT = 839;

for (const [name, tour] of Object.entries(tours)) {
  test(`on the way past ${name}, axe finds nothing and nothing is too small or too wide`, async ({ page, another }) => {
    test.setTimeout(600_000 * WIDTHS.length);
    const files = [];
    const look = async (state, where = page) => {
      for (const width of WIDTHS) {
        await where.setViewportSize({ width, height: HEIGHT });
        const found = await new AxeBuilder({ page: where }).withTags(TAGS).analyze();
        const words = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
        expect.soft(words, `axe at ${state}, ${width} px`).toEqual([]);
        expect.soft(await smallTargets(where), `targets under 44 px at ${state}, ${width} px`).toEqual([]);
      }
      expect.soft(await sideways(where), `wider than the screen at ${state}`).toEqual([]);
      await where.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
      files.push(await savedAs(`${name}-${state}`, where));
    };
    await tour({ page, look, another });
    expect(files.length, "pages looked at").toBeGreaterThan(1);
    expect(await faultsIn(files), "html-validate and vnu").toEqual([]);
  });
}
