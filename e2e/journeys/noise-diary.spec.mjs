import { expect, test } from "../fixtures/house.mjs";
import { noise } from "../fixtures/journey.mjs";
import { SOUND } from "../fixtures/photos.mjs";

/** The page of one's own report, by the link of the receipt. */
async function own(page) {
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
}

async function sign(page, words) {
  await page.locator('[name="diary.0.description"]').fill(words);
  await page.locator('[name="truth.name"]').fill("Robin Example");
  await page.locator('[name="truth.agree"]').check();
  await page.getByRole("button", { name: "Sign and add to my diary" }).click();
}

test("one tap says that it is happening now, one that it has stopped, and the rest is said with peace @nojs @main", async ({ page }) => {
  const { reference } = await (await noise(page)).send();
  await own(page);
  const main = page.locator("main");
  const now = main.getByRole("button", { name: "It is happening now" });
  const size = await now.boundingBox();
  expect(size.height, "a thumb at two in the morning").toBeGreaterThanOrEqual(38);
  await now.click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}/diary`));
  await expect(main).toContainText("We have written down the time");
  await expect(main).toContainText("It is happening now");
  await main.getByRole("button", { name: "It has stopped", exact: true }).click();
  await expect(main.getByRole("heading", { level: 1 })).toHaveText("What was it like?");
  await page.getByRole("button", { name: "Sign and add to my diary" }).click();
  await expect(page.locator(".govuk-error-summary li").first()).toBeVisible();
  await sign(page, "Drums again.");
  await expect(main).toContainText("It is in your diary");
  await expect(main).toContainText("Drums again.");
  await expect(main.getByRole("button", { name: "It is happening now" })).toBeVisible();
});

test("a tap by mistake is taken back @nojs", async ({ page }) => {
  await (await noise(page)).send();
  await own(page);
  const main = page.locator("main");
  await main.getByRole("button", { name: "It is happening now" }).click();
  await main.getByRole("button", { name: "I pressed it by mistake" }).click();
  await expect(main).toContainText("We took it out");
  await expect(main.getByRole("button", { name: "It has stopped", exact: true })).toHaveCount(0);
});

test("an earlier night is told over midnight, and all of it is printed @nojs @main", async ({ page }) => {
  const { reference } = await (await noise(page)).send();
  await own(page);
  const main = page.locator("main");
  await main.getByRole("link", { name: "Open your diary" }).click();
  await main.getByRole("button", { name: "It happened earlier" }).click();
  for (const [part, value] of [["date.day", "24"], ["date.month", "10"], ["date.year", "2025"], ["start", "9pm"], ["end", "21:00"]]) {
    await page.locator(`[name="diary.0.${part}"]`).fill(value);
  }
  await sign(page, "Bass until late.");
  await expect(page.locator(".govuk-error-summary"), "equal times are a slip").toBeVisible();
  await expect(page.locator('[name="diary.0.description"]'), "nothing typed is lost").toHaveValue("Bass until late.");
  await page.locator('[name="diary.0.end"]').fill("12:30am");
  await sign(page, "Bass until late.");
  await expect(main).toContainText("It lasted 3 hours 30 minutes.");
  await main.getByRole("link", { name: "Your diary to print" }).click();
  await expect(page).toHaveURL(`/track/${reference}/diary/print`);
  await expect(main).toContainText("Bass until late.");
  await expect(main).toContainText("Drums through the wall.");
  await expect(page).not.toHaveTitle(new RegExp(reference));
});

test("a recording is added from the diary, as what it is @nojs @main", async ({ page }) => {
  await (await noise(page)).send();
  await own(page);
  const main = page.locator("main");
  await main.getByRole("link", { name: "Open your diary" }).click();
  await main.getByRole("link", { name: "Add a recording or a photo" }).click();
  await expect(main.locator('input[type="file"]'), "first what it is").toHaveCount(0);
  await main.getByRole("link", { name: "Recording" }).click();
  await expect(main).toContainText("Add: Recording");
  await main.locator('input[type="file"]').setInputFiles(SOUND);
  await main.getByRole("button", { name: "Add to my report" }).click();
  await expect(main.locator(".moot-file")).toHaveCount(1);
});
