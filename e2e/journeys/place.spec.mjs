import { expect, test } from "../fixtures/house.mjs";
import { FLY_TIP, Journey } from "../fixtures/journey.mjs";

async function atThePlace(page) {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  expect(await journey.walk({ now: "no" }, "where")).toBe("where");
  return journey;
}

const checked = (page) => page.locator(".govuk-summary-list__row", { hasText: "Place" }).first();

test("a name that several places have gives a list to choose from @nojs @main", async ({ page }) => {
  const journey = await atThePlace(page);
  await journey.fill("where.text", "Weston");
  await journey.goOn();
  const offered = page.locator('[name="where.pick"]');
  await expect(offered.first()).toBeVisible();
  expect(await offered.count()).toBeGreaterThan(2);
  await page.getByLabel(/Weston-super-Mare/).first().check();
  await journey.goOn();
  await journey.walk(FLY_TIP);
  await expect(checked(page)).toContainText("Weston-super-Mare");
});

test("none of the places offered means the words as they were typed @nojs", async ({ page }) => {
  const journey = await atThePlace(page);
  await journey.fill("where.text", "Weston");
  await journey.goOn();
  await page.locator('[name="where.pick"][value="words"]').check();
  await journey.goOn();
  await journey.walk(FLY_TIP);
  await expect(page).toHaveURL(/\/check$/);
  await expect(checked(page)).toContainText("Weston");
});

test("a postcode is enough @nojs", async ({ page }) => {
  const journey = await atThePlace(page);
  await journey.fill("where.text", "bs21");
  await journey.goOn();
  await journey.walk(FLY_TIP);
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.locator("main")).toContainText("North Somerset Council");
  await journey.send();
});

test("a place in plain words, with no point, still reaches a reference @nojs @main", async ({ page }) => {
  const journey = await atThePlace(page);
  await journey.fill("where.words", "The lay-by past the old bridge, near the big oak");
  await journey.goOn();
  await journey.walk(FLY_TIP);
  await expect(page).toHaveURL(/\/check$/);
  await journey.send();
});

test("a place nobody knows is said so, keeps what was typed, and is no dead end @nojs", async ({ page }) => {
  const journey = await atThePlace(page);
  await journey.fill("where.text", "Qwxzy Nowhere");
  await journey.goOn();
  await expect(page.locator(".govuk-error-summary")).toContainText("Qwxzy Nowhere");
  await expect(journey.field("where.text")).toHaveValue("Qwxzy Nowhere");
  await journey.fill("where.words", "By the second gate");
  await journey.goOn();
  expect(await journey.question()).toBe("land");
});

test("“Use my location” fills in the place, and it is read back", async ({ page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 51.4385, longitude: -2.8561 });
  const journey = await atThePlace(page);
  await page.getByRole("button", { name: "Use my location" }).click();
  if ((await journey.question()) === "where") {
    await expect(page.locator(".moot-place__said")).toContainText("51.4385, -2.8561");
    await journey.goOn();
  }
  await journey.walk(FLY_TIP);
  await expect(page.locator("main")).toContainText("North Somerset Council");
  await journey.send();
});

test("a location that the browser refuses is said so, and typing still works", async ({ page, context }) => {
  await context.clearPermissions();
  const journey = await atThePlace(page);
  await page.getByRole("button", { name: "Use my location" }).click();
  await expect(page.locator(".moot-place__said")).toContainText("Type the place above instead");
  await journey.fill("where.text", "Kewstoke");
  await journey.goOn();
  expect(await journey.question()).toBe("land");
});

test("a pin on the map is moved by keys and sent", async ({ page }) => {
  const journey = await atThePlace(page);
  await page.getByRole("button", { name: "Show map" }).click();
  await expect(page.locator(".moot-place__said")).toContainText("The map is ready.");
  await expect(page.locator(".moot-map").getByText("Clevedon", { exact: true })).toBeVisible();
  await expect(page.locator(".moot-map__source")).toContainText("This is a rough map for the demonstration.");
  await page.keyboard.press("ArrowUp");
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await expect(page.locator(".moot-place__said")).toContainText("Pin at");
  await journey.goOn();
  expect(await journey.question()).toBe("land");
  await journey.walk(FLY_TIP);
  await expect(page.locator("main")).toContainText("North Somerset Council");
  await journey.send();
});

test("a pin tapped on the other side of a line leads to who answers there", async ({ page }) => {
  const journey = await atThePlace(page);
  await page.getByRole("button", { name: "Show map" }).click();
  await expect(page.locator(".moot-place__said")).toContainText("The map is ready.");
  // The name lies on its place, and lets the tap through to the map.
  const { x, y, width, height } = await page.locator(".moot-map__name", { hasText: "Axbridge" }).boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.getByRole("button", { name: "Put the pin here" }).click();
  await expect(page.locator(".moot-place__said")).toContainText("near Axbridge");
  await journey.goOn();
  await expect(page.locator("main")).toContainText("Somerset Council");
  await expect(page.locator("main")).not.toContainText("North Somerset Council");
});

for (const [place, who] of [
  ["Bath", "Bath and North East Somerset Council"],
  ["Bristol", "Bristol City Council"],
]) {
  test(`rubbish in ${place} leads to ${who} @nojs @main`, async ({ page }) => {
    const journey = await atThePlace(page);
    await journey.fill("where.text", place);
    await journey.goOn();
    const picks = page.locator('[name="where.pick"]');
    if (await picks.count()) {
      await picks.first().check();
      await journey.goOn();
    }
    const main = page.locator("main");
    await expect(main).toContainText(who);
    await expect(main.locator('a[href^="tel:"], a[href^="https://"]').first()).toBeVisible();
    await expect(main, "a way back to change the place").toContainText(/[Cc]hange|[Bb]ack/);
  });
}

test("a place in Wales, by a point, is outside and never a dead end", async ({ page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 51.4816, longitude: -3.1791 });
  const journey = await atThePlace(page);
  await page.getByRole("button", { name: "Use my location" }).click();
  if ((await journey.question()) === "where") {
    await expect(page.locator(".moot-place__said")).toContainText("51.4816");
    await journey.goOn();
  }
  const main = page.locator("main");
  await expect(main).toContainText(/outside/);
  expect(await main.locator("a, button").count()).toBeGreaterThan(0);
});
