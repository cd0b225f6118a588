import { expect, test } from "../fixtures/house.mjs";

test("a page with the exit button is as wide as the screen", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/report/crime.theft");
  await expect(page.locator(".govuk-exit-this-page__button")).toBeVisible();
  const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(whole).toBe(seen);
});
