import { expect, test } from "../fixtures/house.mjs";
import { ASB, Journey, asb, choosePin } from "../fixtures/journey.mjs";

const COUNCIL = "North Somerset Council";
const POLICE = "Avon and Somerset Police";

for (const [who, more, agencies, reason] of [
  ["a rowdy group to the council", {}, [COUNCIL], "The council leads, because nobody was hurt or threatened."],
  [
    "motorbikes in a park to the police, and the council helps",
    { "asb.kind": "vehicle_nuisance", "asb.land": "park" },
    [POLICE, COUNCIL],
    "The police lead, because they deal with how people drive.",
  ],
  [
    "drinking in the street to the council, and the police help",
    { "asb.kind": "street_drinking", "asb.land": "street" },
    [COUNCIL, POLICE],
    "The council leads, because it sets the rules about drinking in the street.",
  ],
]) {
  test(`the answers lead ${who}, with the reason @nojs @main`, async ({ page }) => {
    const journey = await asb(page, more);
    await choosePin(journey);
    await expect(page).toHaveURL(/\/check$/);
    const main = page.locator("main");
    await expect(main).toContainText(reason);
    await expect(main.locator("li strong")).toHaveText(agencies);
    await journey.send();
    await expect(main).toContainText(reason);
    await expect(main.getByRole("heading", { level: 3 })).toHaveText(agencies);
  });
}

test("kids on motorbikes are found by those words @nojs", async ({ page }) => {
  await page.goto("/report?q=kids+on+motorbikes");
  await expect(page.locator("main .moot-door__name").first()).toHaveText("Antisocial behaviour");
});

test("a threat turns the lead to the police, and a change back turns it back @nojs", async ({ page }) => {
  const journey = await asb(page);
  await choosePin(journey);
  const main = page.locator("main");
  await expect(main.locator("li strong")).toHaveText([COUNCIL]);
  for (const [threat, agency] of [
    [true, POLICE],
    [false, COUNCIL],
  ]) {
    const row = page.locator(".govuk-summary-list__row", { hasText: "Hurt or threatened" });
    await row.getByRole("link", { name: /Change/ }).click();
    await journey.answer("asb.threat", { "asb.threat": threat });
    await expect(page).toHaveURL(/\/check/);
    await expect(main.locator("li strong")).toHaveText([agency]);
  }
});

test("who helps is said to see no name, unless the person says yes @nojs", async ({ page }) => {
  const journey = await asb(page, { "asb.kind": "begging" });
  await choosePin(journey);
  const main = page.locator("main");
  await expect(main).toContainText("but not who you are");
  await page.goto("/report/asb/q/asb.share?from=check");
  await journey.answer("asb.share", { "asb.share": "yes" });
  await expect(page).toHaveURL(/\/check/);
  await expect(main).toContainText("They help, and see what happened and where.");
  await expect(main).not.toContainText("but not who you are");
});

test("noise leads to the noise service @nojs", async ({ page }) => {
  await asb(page, { "asb.kind": "noise" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("We have a page just for noise");
  await page.locator('main form[action$="/go/noise"] button').click();
  await expect(page).toHaveURL(/\/report\/noise/);
  expect(await new Journey(page).question()).toBe("gate");
});

test("a quarrel about a fence leads to other help, and may still be told @nojs", async ({ page }) => {
  const more = { "asb.kind": "neighbour_dispute", "asb.dispute": "boundary" };
  const journey = await asb(page, more);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Others can help you better with this");
  await page.getByRole("button", { name: "Tell you about it anyway" }).click();
  await journey.walk({ ...ASB, ...more });
  await expect(page).toHaveURL(/\/pin/);
});

test("a threat that is going on leads to 999 @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("asb");
  await journey.walk({ ...ASB, "asb.now": true }, "asb.threat");
  await journey.answer("asb.threat", { "asb.threat": true });
  await expect(page.locator('main a[href="tel:999"]').first()).toBeVisible();
});
