import { expect, test } from "../fixtures/house.mjs";

test("a page that says what failed asks for no file that is not there", async ({ page }) => {
  const missing = [];
  page.on("response", (answer) => {
    if (!answer.request().isNavigationRequest() && answer.status() >= 400) missing.push(answer.url());
  });
  await page.goto("/nothing/here", { waitUntil: "networkidle" });
  await expect(page.locator('link[rel="icon"]')).toHaveCount(1);
  expect(missing).toEqual([]);
});
