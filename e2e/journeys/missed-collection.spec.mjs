import { expect, test } from "../fixtures/house.mjs";
import { Journey, MISSED, missed } from "../fixtures/journey.mjs";

test("a bin that was not emptied is found by its words and reported to a reference @nojs @main", async ({ page }) => {
  await page.goto("/report?q=bin+not+emptied");
  await page.locator('main a[href="/report/missed-collection"]').first().click();
  const journey = new Journey(page);
  await journey.walk(MISSED);
  await expect(page).toHaveURL(/\/report\/missed-collection\/check$/);
  const main = page.locator("main");
  await expect(main).toContainText("At the edge of the road");
  await expect(main).toContainText("North Somerset Council");
  const { code } = await journey.send();
  expect(code, "the secret code").toBeTruthy();
});

test("a bin that was out too late is refused with what to do instead @nojs", async ({ page }) => {
  const journey = await missed(page, { out_in_time: false });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("We cannot come back for it");
  await expect(page.locator('main a[href="https://www.gov.uk/rubbish-collection-day"]')).toBeVisible();
  await page.getByRole("link", { name: "Change my answer" }).click();
  await journey.answer("out_in_time", { out_in_time: true });
  await journey.walk(MISSED);
  await expect(page).toHaveURL(/\/check$/);
});

test("who has the bin fetched from the door is not asked about the kerb @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("missed-collection");
  await journey.walk(MISSED, "assisted");
  await journey.answer("assisted", { assisted: true });
  expect(await journey.question()).toBe("assisted_detail");
  await journey.walk({ ...MISSED, assisted_detail: "Behind the side gate." });
  await expect(page).toHaveURL(/\/check$/);
  const main = page.locator("main");
  await expect(main).toContainText("Behind the side gate.");
  await expect(main).not.toContainText("Out in time");
});

test("a note from the crew may be disagreed with @nojs", async ({ page }) => {
  await missed(page, { tag: "contaminated", "dispute.agree": "yes" });
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.locator("main")).toContainText("with the right things in it");
});
