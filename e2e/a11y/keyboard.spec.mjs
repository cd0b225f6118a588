import { expect, test } from "../fixtures/house.mjs";
import { FLY_TIP, Journey, THEFT } from "../fixtures/journey.mjs";
import { Keys } from "../fixtures/keys.mjs";
import { photos } from "../fixtures/photos.mjs";

/** Presses Tab until the walk leaves the page; gives what was met, and whether its focus could be seen. */
async function tabWalk(page, most = 150) {
  const met = [];
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const styles = [getComputedStyle(at), ...[...(at.labels ?? [])].map((label) => getComputedStyle(label, "::before"))];
      const isMarked = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
      const { width, height } = at.getBoundingClientRect();
      const order = [...document.querySelectorAll("*")].indexOf(at);
      return { what: at.outerHTML.slice(0, 80), order, seen: styles.some(isMarked) && width > 0 && height > 0, tabindex: at.tabIndex };
    });
    if (!here) break;
    if (met.some((one) => one.order === here.order)) break;
    met.push(here);
  }
  return met;
}

const QUESTIONS = [
  ["fly-tipping", {}, "now"],
  ["fly-tipping", { now: "no" }, "where"],
  ["fly-tipping", { now: "no", "where.text": "Kewstoke", land: "road_verge" }, "waste"],
  ["crime.theft", THEFT, "story.text"],
  ["fly-tipping", FLY_TIP, "photos"],
  ["crime.theft", THEFT, "prop.item"],
  ["crime.theft", THEFT, "contact"],
];

for (const [service, answers, question] of QUESTIONS) {
  test(`at ${question} Tab goes in reading order, every stop can be seen, and nothing traps`, async ({ page }) => {
    const journey = new Journey(page);
    await journey.begin(service);
    await journey.walk(answers, question);
    expect(await journey.question()).toBe(question);
    const met = await tabWalk(page);
    expect(met.filter((one) => !one.seen).map((one) => one.what), "focus not to be seen").toEqual([]);
    const orders = met.map((one) => one.order);
    expect(orders, "reading order").toEqual([...orders].sort((a, b) => a - b));
    expect(met[0].what).toContain("govuk-skip-link");
    expect(met.at(-1).what, "the walk reaches the end of the page").toMatch(/notices|Licences|href/);
    expect(met.some((one) => one.what.includes("<button"))).toBe(true);
  });
}

test("a whole report is made by keyboard alone", async ({ page }) => {
  await page.goto("/report/fly-tipping");
  const journey = new Journey(page);
  const keys = new Keys(page);
  await keys.reach('[name="now"]');
  await page.keyboard.press("Space");
  await keys.submit();
  const chosen = page.waitForEvent("filechooser");
  await keys.reach('[name="photos.new"]');
  await page.keyboard.press("Enter");
  await (await chosen).setFiles(await photos(page, 2));
  await expect(page.getByText("2 photos added.")).toBeVisible();
  expect(await page.evaluate(() => document.activeElement.name), "where the focus was").toBe("photos.new");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await keys.submitHere();
  await expect(page.locator(".moot-file")).toHaveCount(1);
  await keys.reach("main form button:not([name]):not([tabindex])");
  await keys.submit();
  await keys.reach('[name="where.text"]');
  await page.keyboard.type("Kewstoke");
  await keys.submit();
  await keys.reach('[name="land"]');
  await page.keyboard.press("ArrowDown");
  await keys.submit();
  await keys.reach('[name="waste"][value="mattress"]');
  await page.keyboard.press("Space");
  await keys.submit();
  await keys.reach('[name="size"]');
  await page.keyboard.press("ArrowDown");
  await keys.submit();
  await expect(page).toHaveURL(/\/check$/);
  await keys.reach('main form[action$="/send"] button');
  await keys.submit();
  await expect(page).toHaveURL(/\/done$/);
  await journey.receipt();
});

test("the skip link leads past the header into the page", async ({ page }) => {
  await page.goto("/report");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement.id)).toBe("main-content");
});

test("an error takes the focus to the summary, and its link to the field", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.goOn();
  await expect(page.locator(".govuk-error-summary")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement.name)).toBe("now");
});
