// Bin days: from the front page to a home, its year, its calendar, and a report where one is taken.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../fixtures/house.mjs";
import { Journey } from "../fixtures/journey.mjs";
import { sideways } from "../fixtures/sizes.mjs";

const heading = (page) => page.getByRole("heading", { level: 1 });
const HOME = "/property/999000000001";

async function find(page, place) {
  await page.goto("/");
  await page.getByRole("link", { name: "Bin days" }).click();
  await page.getByLabel("What is your postcode?").fill(place);
  await page.getByRole("button", { name: "Find my bin days" }).click();
}

test("a postcode leads to a home and its days @nojs @main", async ({ page }) => {
  await find(page, "bs23 9zz");
  await expect(heading(page)).toHaveText("Which home is it?");
  await page.getByRole("link", { name: "1 Example Road, Weston-super-Mare" }).click();
  await expect(page).toHaveURL(new RegExp(`${HOME}$`));
  const main = page.locator("main");
  for (const words of ["Rubbish", "Comes every other Tuesday", "Food waste", "Your wheelie bin, by 7am", "gave us these days"]) {
    await expect(main).toContainText(words);
  }
  await page.getByRole("link", { name: "See the whole year, to print" }).click();
  await expect(heading(page)).toContainText("Your bin year");
  expect(await page.locator("main table").count()).toBeGreaterThan(11);
});

test("an address leads straight to its home, an unknown one has a way on @nojs", async ({ page }) => {
  await find(page, "4 Sample Lane");
  await expect(heading(page)).toContainText("Bin days: 4 Sample Lane");
  await find(page, "BS1 1AA");
  await expect(page.locator(".govuk-error-summary")).toContainText("We do not know bin days for that");
  await expect(page.locator('main a[href^="https://www.gov.uk/"]')).toBeVisible();
});

test("what the crew left says why @nojs", async ({ page }) => {
  await page.goto("/property/999000000002");
  await expect(page.locator("main")).toContainText("The wrong things were in it");
});

test("the days go into a calendar @nojs", async ({ page }) => {
  await page.goto(HOME);
  const link = page.getByRole("link", { name: "Download the calendar" });
  const answer = await page.request.get(await link.getAttribute("href"));
  expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(answer.headers()["set-cookie"]).toBeUndefined();
  const text = await answer.text();
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*DTSTART;VALUE=DATE:\d{8}\r\n[^]*END:VCALENDAR\r\n$/);
});

// Every day of the week one of these rounds can be reported; what an earlier test reported stays closed.
const HOMES = ["1", "2", "3", "5", "7", "8", "9"].map((n) => `/property/99900000000${n}`);

async function missedAt(page, homes = HOMES) {
  for (const home of homes) {
    await page.goto(home);
    const button = page.getByRole("button", { name: /^Report it missed/ }).first();
    if (await button.count()) return button;
  }
  throw new Error("nothing can be reported at any of the homes");
}

test("a missed bin takes five presses from the days of a home to the reference @nojs @main", async ({ page }) => {
  const journey = new Journey(page);
  const began = Date.now();
  await journey.press(await missedAt(page));
  expect(await journey.question()).toBe("left_where");
  await journey.answer("left_where", { left_where: "kerb" });
  await journey.answer("contact", { "contact.phone": "01632 960001" });
  await expect(page.locator("main")).toContainText(/(Example|Sample) /);
  await journey.send();
  console.log(`a missed bin: ${journey.presses} presses in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  expect(journey.presses).toBeLessThanOrEqual(5);
});

test("the page of what was missed says why the others cannot be ticked @nojs", async ({ page }) => {
  // From the other end: the test before reports, at the same time, what it finds first.
  await (await missedAt(page, HOMES.toReversed())).click();
  await page.goto("/report/missed-collection/q/what");
  await expect(page.locator('main input[type="checkbox"]:not([disabled])').first()).toBeVisible();
  await expect(page.locator("main")).toContainText(/You can tell us until/);
  expect(await sideways(page)).toEqual([]);
});

test("a postcode in the report leads to a list of its homes @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("missed-collection");
  await journey.answer("property", { "property.text": "BS21 9ZZ" });
  await expect(heading(page)).toHaveText("Which home is it?");
  await page.getByLabel("4 Sample Lane, Clevedon").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/q\/what$/);
});

const PAGES = ["/bins", "/bins?q=BS23+9ZZ", "/bins?q=", HOME, "/property/999000000006", `${HOME}/year`, `${HOME}/reminder`];

test("every page is no wider than 320 px @nojs @main", async ({ page }) => {
  for (const path of PAGES) {
    await page.goto(path);
    expect(await sideways(page), path).toEqual([]);
  }
});

// axe is a script itself: it cannot look where scripts are off.
test("every page is clear to axe at 320 px", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of PAGES) {
    await page.goto(path);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((one) => one.id), path).toEqual([]);
  }
});

test("a home that was kept shows its bin days on the front page, without a press, until it is taken off @nojs", async ({ page }) => {
  await page.goto(HOME);
  await page.getByRole("button", { name: "Show these days on my front page" }).click();
  await expect(heading(page)).toHaveText("What do you need?");
  await page.goto("/");
  const card = page.getByRole("region", { name: "Bins at your home" });
  await expect(card).toContainText("Food waste");
  await expect(card).toContainText(/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ 20\d\d/);
  await expect(card, "a shared device tells nobody the address").not.toContainText("Example Road");
  await card.getByRole("link").click();
  await page.getByRole("button", { name: "Take them off my front page" }).click();
  await page.goto("/");
  await expect(page.getByText("Bins at your home")).toHaveCount(0);
});
