import { expect, test } from "../fixtures/house.mjs";
import { FLY_TIP, Journey, flyTip } from "../fixtures/journey.mjs";

test("dumped rubbish is reported from the front door to a reference @nojs @main", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Or say it in your own words").fill("mattress dumped");
  await page.getByRole("button", { name: "Find" }).click();
  await page.locator('main a[href="/report/fly-tipping"]').first().click();
  const journey = new Journey(page);
  await journey.walk(FLY_TIP);
  await expect(page).toHaveURL(/\/report\/fly-tipping\/check$/);
  await expect(page.locator("main")).toContainText("A mattress or bed");
  await expect(page.locator("main")).toContainText("North Somerset Council");
  const { code } = await journey.send();
  expect(code, "the secret code").toBeTruthy();
  await expect(page.locator("main")).toContainText("999");
});

test("the receipt is there again after a reload and never tells the story @nojs", async ({ page }) => {
  const journey = await flyTip(page, {});
  const receipt = await journey.send();
  await page.reload();
  expect(await journey.receipt()).toEqual(receipt);
  await expect(page.locator("main")).not.toContainText("mattress");
});

test("sending twice gives one report and the same reference @nojs @main", async ({ page }) => {
  const journey = await flyTip(page);
  const first = await journey.send();
  await page.goBack();
  const button = page.getByRole("button", { name: /^Send/ });
  if (await button.count()) {
    await button.click();
    await page.waitForURL(/\/done$/);
  } else await page.goto("/report/fly-tipping/done");
  expect(await journey.receipt()).toEqual(first);
});

test("rubbish on private land leads to who clears it, and may still be told @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk({ ...FLY_TIP, land: "farm_private" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The owner must clear private land");
  await page.getByRole("button", { name: "Tell you about it anyway" }).click();
  await journey.walk(FLY_TIP);
  await expect(page).toHaveURL(/\/check$/);
});

test("an answer changed at the check drops the answers that hung on it, and says so @nojs @main", async ({ page }) => {
  await flyTip(page, { waste: ["mattress", "other"], waste_other: "A caravan with no wheels" });
  const main = page.locator("main");
  await expect(main).toContainText("A caravan with no wheels");
  const row = page.locator(".govuk-summary-list__row", { hasText: "What was dumped" });
  await row.getByRole("link", { name: /Change/ }).click();
  await page.locator('[name="waste"][value="other"]').uncheck();
  const journey = new Journey(page);
  await journey.goOn();
  await expect(page).toHaveURL(/\/check/);
  await expect(main).not.toContainText("A caravan with no wheels");
  await expect(main, "the answer that was dropped is named").toContainText(/Something else/);
});

test("optional questions that were passed over can be answered from the check @nojs", async ({ page }) => {
  await flyTip(page);
  await page.getByRole("link", { name: /more details/i }).click();
  const journey = new Journey(page);
  await journey.answer("details", { details: "Behind the bus stop." });
  await expect(page).toHaveURL(/\/check/);
  await expect(page.locator("main")).toContainText("Behind the bus stop.");
});

test("a phone number in words that everybody may read is taken out by one press @nojs @main", async ({ page }) => {
  const journey = await flyTip(page);
  const main = page.locator("main");
  await page.getByRole("link", { name: /more details/i }).click();
  await journey.answer("details", { details: "Behind the bus stop. Ring 01632 960001." });
  await expect(main).toContainText("There may be a phone number");
  await main.getByRole("button", { name: "Take it out" }).click();
  await expect(main).toContainText("Behind the bus stop. Ring.");
  await expect(main).not.toContainText("There may be a phone number");
  await expect(main).not.toContainText("01632");
  await journey.send();
});
