import { expect, test } from "../fixtures/house.mjs";
import { FLY_TIP, Journey } from "../fixtures/journey.mjs";

test("a report that was left half way goes on in the same browser @nojs @main", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk(FLY_TIP, "waste");
  await page.goto("/");
  await page.goto("/report/fly-tipping");
  await page.getByRole("link", { name: /Go on/ }).or(page.getByRole("button", { name: /Go on/ })).first().click();
  expect(await journey.question()).toBe("waste");
  await journey.walk(FLY_TIP);
  await expect(page.locator("main")).toContainText("Kewstoke");
  await journey.send();
});

test("starting again forgets the answers @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk(FLY_TIP, "waste");
  await page.goto("/report/fly-tipping");
  await page.getByRole("button", { name: /Start again/ }).click();
  expect(await journey.question()).toBe("now");
  await expect(page.locator('[name="now"]:checked')).toHaveCount(0);
});

test("another browser does not see the answers @nojs", async ({ page, another }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk(FLY_TIP, "waste");
  const other = await another();
  await other.goto("/report/fly-tipping");
  expect(await new Journey(other).question()).toBe("now");
});

test("two tabs on one report lose nothing that was typed @nojs @main", async ({ page, context }) => {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk(FLY_TIP, "land");
  const second = await context.newPage();
  await second.goto("/report/fly-tipping/q/land");
  await journey.answer("land", { land: "park_open" });
  await new Journey(second).answer("land", { land: "back_alley" });
  await journey.walk(FLY_TIP);
  await expect(page.locator("main")).toContainText(/park|alley/);
  await expect(page.locator("main")).toContainText("A mattress or bed");
});
