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
  const journey = await missed(page, { left_where: "late" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("We cannot come back for it");
  await expect(page.locator('main a[href="/bins"]')).toBeVisible();
  await page.getByRole("link", { name: "Change my answer" }).click();
  await journey.answer("left_where", { left_where: "kerb" });
  await journey.walk(MISSED);
  await expect(page).toHaveURL(/\/check$/);
});

test("who has the bin fetched from the door may say where it stands @nojs", async ({ page }) => {
  const journey = await missed(page, { left_where: "door" });
  await page.goto("/report/missed-collection/q/assisted_detail?from=check");
  await journey.answer("assisted_detail", { assisted_detail: "Behind the side gate." });
  await expect(page).toHaveURL(/\/check$/);
  const main = page.locator("main");
  await expect(main).toContainText("Behind the side gate.");
});

test("a note from the crew may be disagreed with @nojs", async ({ page }) => {
  const journey = await missed(page);
  await page.goto("/report/missed-collection/q/tag?from=check");
  await journey.answer("tag", { tag: "contaminated" });
  await page.goto("/report/missed-collection/q/dispute?from=check");
  await journey.answer("dispute", { "dispute.agree": "yes" });
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.locator("main")).toContainText("with the right things in it");
});
