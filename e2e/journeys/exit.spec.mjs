import { expect, test } from "../fixtures/house.mjs";
import { Journey, THEFT } from "../fixtures/journey.mjs";

const WEATHER = "https://www.bbc.co.uk";
const STORY = "Words that nobody else may read.";

async function atTheNextQuestion(page) {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk({ ...THEFT, "story.text": STORY }, "prop.item");
  return journey;
}

test("Exit this page goes to the weather and Back shows no answer @nojs @main", async ({ page, faults }) => {
  faults.mayLeaveFor(WEATHER);
  const journey = await atTheNextQuestion(page);
  await page.locator(".govuk-exit-this-page__button").click();
  await expect.poll(() => faults.left).toEqual([`${WEATHER}/weather`]);
  await page.waitForTimeout(300);
  await page.goto("/report/crime.theft/q/story.text");
  await expect(page.locator("body")).not.toContainText(STORY);
  expect(await journey.question()).toBe("gate.now");
  await page.goto("/report/crime.theft/check");
  await expect(page.locator("body")).not.toContainText(STORY);
});

test("after Exit the Back button shows no answer @nojs @main", async ({ page, faults }) => {
  faults.mayLeaveFor(WEATHER);
  await atTheNextQuestion(page);
  await page.goto("/report/crime.theft/q/story.text");
  await expect(page.locator("textarea")).toHaveValue(STORY);
  await page.locator(".govuk-exit-this-page__button").click();
  await expect.poll(() => faults.left.length).toBeGreaterThan(0);
  await page.waitForTimeout(300);
  for (let n = 0; n < 3; n += 1) {
    await page.goBack().catch(() => {});
    const shown = await page.content();
    expect(shown).not.toContain(STORY);
  }
});

test("Shift pressed three times leaves too", async ({ page, faults }) => {
  faults.mayLeaveFor(WEATHER);
  await atTheNextQuestion(page);
  for (let n = 0; n < 3; n += 1) await page.keyboard.press("Shift");
  await expect.poll(() => faults.left).toEqual([`${WEATHER}/weather`]);
});

test("the way out is early in the order of Tab, and before the question", async ({ page }) => {
  await atTheNextQuestion(page);
  const order = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea")];
    return { exit: all.findIndex((e) => e.matches(".govuk-exit-this-page__button")), field: all.findIndex((e) => e.closest("main")) };
  });
  expect(order.exit).toBeGreaterThanOrEqual(0);
  expect(order.exit).toBeLessThan(order.field);
});

test("a report that turns sensitive has titles that tell nobody what it is about @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk({ ...THEFT, "people.known": "yes", "flag.domestic": "partner" }, "need.kind");
  const told = /abuse|domestic|police|crime|theft|stolen|partner/i;
  await expect(page).not.toHaveTitle(told);
  await journey.walk({ "contact.name": "Robin Example" });
  await expect(page).not.toHaveTitle(told);
  const open = page.locator('input:not([type="hidden"], [type="radio"], [type="checkbox"])');
  for (const field of await open.all()) await expect(field).toHaveAttribute("autocomplete", "off");
});
