import { expect, test } from "../fixtures/house.mjs";
import { Journey, NOISE, noise } from "../fixtures/journey.mjs";

test("loud music is found by its words and reported with a diary to a reference @nojs @main", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Or say it in your own words").fill("loud music");
  await page.getByRole("button", { name: "Find" }).click();
  await page.locator('main a[href="/report/noise"]').first().click();
  const journey = new Journey(page);
  await journey.walk(NOISE);
  await expect(page).toHaveURL(/\/report\/noise\/check$/);
  const main = page.locator("main");
  await expect(main).toContainText("Drums through the wall.");
  await expect(main).toContainText("North Somerset Council");
  const { code } = await journey.send();
  expect(code, "the secret code").toBeTruthy();
  await expect(main, "the receipt never tells the story").not.toContainText("Drums");
});

for (const [gate, words, way] of [
  ["aircraft", "Airports deal with the noise of planes", "https://www.caa.co.uk"],
  ["traffic", "The council cannot stop the noise of traffic", "/report/asb"],
  ["railway", "Network Rail deals with the noise of trains", "tel:03457114141"],
]) {
  test(`the noise of ${gate} leads to those who can help @nojs`, async ({ page }) => {
    const journey = new Journey(page);
    await journey.begin("noise");
    await journey.answer("gate", { gate });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
    await expect(page.locator(`main a[href="${way}"]`)).toBeVisible();
  });
}

test("violence leads to 999 and keeps nothing @nojs", async ({ page, context }) => {
  const journey = new Journey(page);
  await journey.begin("noise");
  await journey.answer("gate", { gate: "danger" });
  await expect(page.locator('main a[href="tel:999"]').first()).toBeVisible();
  expect(await context.cookies()).toEqual([]);
});

test("a diary over three nights asks which hour was meant when the clocks went back @nojs @main", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("noise");
  await journey.walk(NOISE, "diary");
  const nights = [
    [["24", "10", "2025"], "10pm", "1:15am", "Drums through the wall."],
    [["25", "10", "2025"], "11pm", "1:30am", "Drums and singing."],
    [["26", "10", "2025"], "1:30am", "1:30am", "Drums for one more hour."],
  ];
  for (const [row, [date, start, end, words]] of nights.entries()) {
    if (row > 0) await page.getByRole("button", { name: "Add another" }).click();
    await expect(journey.field(`diary.${row}.start`)).toHaveCount(1);
    for (const [n, part] of ["day", "month", "year"].entries()) await journey.fill(`diary.${row}.date.${part}`, date[n]);
    await journey.fill(`diary.${row}.start`, start);
    await journey.fill(`diary.${row}.end`, end);
    await journey.fill(`diary.${row}.description`, words);
  }
  await journey.goOn();
  await expect(page.locator(".govuk-error-summary li")).toHaveCount(3);
  await expect(journey.field("diary.0.description"), "nothing typed is lost").toHaveValue("Drums through the wall.");
  await journey.fill("diary.1.end_fold", "second");
  await journey.fill("diary.2.start_fold", "first");
  await journey.fill("diary.2.end_fold", "second");
  await journey.goOn();
  await journey.walk(NOISE);
  await expect(page).toHaveURL(/\/check$/);
  const main = page.locator("main");
  await expect(main).toContainText("Sunday 26 October 2025 at 1:30am (before the clocks went back)");
  await expect(main).toContainText("Sunday 26 October 2025 at 1:30am (after the clocks went back)");
  // Looked at again, the page holds what was meant.
  const row = page.locator(".govuk-summary-list__row", { hasText: "Diary" });
  await row.getByRole("link", { name: /Change/ }).click();
  await expect(page.locator('[name="diary.2.start_fold"][value="first"]')).toBeChecked();
  await expect(page.locator('[name="diary.1.end_fold"][value="second"]')).toBeChecked();
  await journey.goOn();
  await expect(page).toHaveURL(/\/check/);
  await journey.send();
});

test("who told us before is led to the diary, and who cannot open it tells only the new times @nojs", async ({ page }) => {
  const again = { existing: "again", case: "123 456 789" };
  const journey = await noise(page, again);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Add it to your diary");
  await expect(page.locator('main a[href="/track"]')).toBeVisible();
  await journey.press(page.getByRole("button", { name: "I cannot open my first report" }));
  await journey.walk({ ...NOISE, ...again });
  await expect(page).toHaveURL(/\/check$/);
  const main = page.locator("main");
  await expect(main).toContainText("123 456 789");
  await expect(main).not.toContainText("Kind of noise");
  await journey.send();
});
