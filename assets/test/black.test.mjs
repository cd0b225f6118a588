// Where what is drawn on a picture ends up, for hands that slip, turn back or leave the picture.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { absent, calling, launch, skip } from "./browser.mjs";

// The picture is 200 by 100 px, its corner at 100, 100.
const PAGE = `<!DOCTYPE html><html lang="en"><head><title>Black</title><style>body { margin: 0 } figure { position: absolute; left: 100px;
top: 100px; margin: 0; line-height: 0 } details { position: absolute; top: 300px }</style></head><body>
<figure data-black="patches"><img width="200" height="100" alt="" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"></figure>
<details><summary>Black out</summary><form><div id="patches" data-most="2"></div><fieldset class="moot-black__numbers">numbers</fieldset></form></details>
</body></html>`;

let browser, script, page;
before(async () => {
  if (absent) return;
  script = await calling("black");
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  if (absent) return;
  await page?.close();
  page = await browser.newPage();
  await page.setContent(PAGE);
  await page.addScriptTag({ content: script });
});

const openPanel = () => page.getByText("Black out").click();
const patches = () => page.locator("[name=patch]").evaluateAll((all) => all.map((field) => field.value));
async function draw(from, to, button = "left") {
  await page.mouse.move(...from);
  await page.mouse.down({ button });
  await page.mouse.move(...to, { steps: 3 });
  await page.mouse.up({ button });
}

test("a part is kept in thousandths of the picture, whichever way it was drawn", { skip }, async () => {
  await openPanel();
  await draw([150, 125], [200, 175]);
  await draw([200, 175], [150, 125]);
  assert.deepEqual(await patches(), ["250,250,250,500", "250,250,250,500"]);
});

test("past the edge it ends at the edge", { skip }, async () => {
  await openPanel();
  await draw([250, 150], [600, 20]);
  assert.deepEqual(await patches(), ["750,0,250,500"]);
});

test("a slip of the finger is no part, nor is another button of the mouse", { skip }, async () => {
  await openPanel();
  await draw([150, 150], [150, 150]);
  await draw([150, 125], [200, 175], "right");
  assert.deepEqual(await patches(), []);
  assert.equal(await page.locator(".moot-picture__shade").count(), 0);
});

test("nothing is drawn while the panel is closed: a finger scrolls past", { skip }, async () => {
  await draw([150, 125], [200, 175]);
  assert.deepEqual(await patches(), []);
  assert.equal(await page.locator(".moot-picture--drawn").count(), 0);
});

test("no more parts than the server takes, and the last one can be taken back", { skip }, async () => {
  await openPanel();
  for (const x of [110, 150, 190]) await draw([x, 110], [x + 20, 130]);
  assert.deepEqual(await patches(), ["50,100,100,200", "250,100,100,200"]);
  await page.getByRole("button", { name: "Take back the last one" }).click();
  assert.deepEqual(await patches(), ["50,100,100,200"]);
  await page.getByRole("button", { name: "Take back the last one" }).click();
  assert.equal(await page.getByText("numbers", { exact: true }).isVisible(), true, "the numbers are there again");
});
