// Text twice as large, and windows as narrow as a zoom makes them: nothing may be lost.
import { burglary } from "../fixtures/burglary.mjs";
import { Desk, POLICE } from "../fixtures/desk.mjs";
import { expect, test } from "../fixtures/house.mjs";
import { lost, lostWhenLarge, textAt } from "../fixtures/large-text.mjs";
import * as tours from "../fixtures/tours.mjs";

// One pixel of the screen for each of the page: what is measured is the same, and a seventh is drawn.
test.use({ deviceScaleFactor: 1 });

const looks = (page) => async (state, where = page) => expect.soft(await lostWhenLarge(where), `lost at ${state}`).toEqual([]);

/** Questions of one kind are built alike: by this, one of each is looked at. */
const build = (page) =>
  page.locator("main").evaluate((main) => {
    const parts = [...main.querySelectorAll("[class], input")].map((one) => `${one.type ?? ""} ${one.className}`);
    return [...new Set(parts)].sort().join("\n");
  });

test("a whole report of a burglary stays whole with large text", async ({ page }) => {
  test.setTimeout(120_000);
  const look = looks(page);
  const seen = new Set();
  await burglary(page, async (state) => {
    const kind = await build(page);
    if (!seen.has(kind)) await look(state);
    seen.add(kind);
  });
  expect(seen.size, "kinds of page").toBeGreaterThan(20);
});

for (const name of ["recorded", "officers"]) {
  test(`the pages of ${name} stay whole with large text`, async ({ page, another }) => {
    test.setTimeout(120_000);
    await tours[name]({ page, another, look: looks(page) });
  });
}

test("the desk's list and a report stay whole with large text", async ({ page, another }) => {
  const look = looks(page);
  const desk = await Desk.of(another, POLICE.sergeant);
  await desk.page.goto("/staff");
  await look("queue", desk.page);
  await desk.main.locator(".moot-queue__link").first().click();
  await look("report", desk.page);
  await desk.openAll();
  await look("report, all open", desk.page);
});

const wrapped = (html) =>
  `<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width, initial-scale=1"><main>${html}</main></html>`;

const FAULTY = {
  "sideways": ['<p style="width: 500px">Too wide for a phone</p>', /^sideways: \d+ px in 412 px$/],
  "cut off at the side": ['<p style="width: 60px; overflow: hidden; white-space: nowrap">Words that go on and on</p>', /^cut off: <p/],
  "cut off below": ['<div style="height: 2rem; overflow: hidden"><p>One</p><p>Two</p></div>', /^cut off: <p>Two/],
  "out at the left": ['<p style="text-indent: -3rem">Begins outside</p>', /^cut off: <p/],
  "cut off in a list": ['<select style="width: 5rem"><option>A name that is longer than that</option></select>', /^cut off in a list: “A name/],
  "words over words": ['<p>One line</p><p style="margin-top: -2rem">Another line</p>', /^overlap: <p>One line.* and <p/],
  "buttons over each other": ['<button>One</button><button style="margin-left: -1rem">Two</button>', /^overlap: <button>One.* and <button/],
  "a button under a bar": [
    '<button class="govuk-button">Go on</button><div style="position: fixed; inset: 0"></div>',
    /^not to be pressed: <button/,
  ],
};

for (const [name, [html, said]] of Object.entries(FAULTY)) {
  test(`what is ${name} is found`, async ({ page }) => {
    await page.setViewportSize({ width: 412, height: 839 });
    await page.setContent(wrapped(html));
    const found = await lost(page);
    expect(found.filter((fault) => said.test(fault)), found.join("\n")).not.toEqual([]);
  });
}

test("a page that loses nothing has no fault, and large text doubles lengths and widths asked for in em", async ({ page }) => {
  await page.setViewportSize({ width: 412, height: 839 });
  const style = "<style>p { width: 5rem } @media (min-width: 20em) { p { color: red } }</style>";
  await page.setContent(wrapped(`${style}<p>Words</p><a href="/">Home</a> <button class="govuk-button">Go on</button>`));
  const words = () => page.locator("p").evaluate((one) => [one.clientWidth, getComputedStyle(one).color]);
  expect(await words()).toEqual([80, "rgb(255, 0, 0)"]);
  expect(await lost(page)).toEqual([]);
  await textAt(page, 200);
  expect(await words()).toEqual([160, "rgb(0, 0, 0)"]);
  expect(await lost(page)).toEqual([]);
  await textAt(page, 100);
  expect(await words()).toEqual([80, "rgb(255, 0, 0)"]);
});
