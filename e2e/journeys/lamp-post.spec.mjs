// The lamp post is picked from those near the place, or its number is typed (C-4, C-6). All of them are made up.
import { expect, test } from "../fixtures/house.mjs";
import { Journey } from "../fixtures/journey.mjs";
import { COUNCIL, Desk } from "../fixtures/desk.mjs";

async function atTheLampPosts(page) {
  const journey = new Journey(page);
  await journey.begin("street-light");
  await journey.walk({ "where.text": "Kewstoke" }, "column");
  return journey;
}

test("a lamp post near the place is picked from a list, and staff read which @nojs @main", async ({ page, another }) => {
  const journey = await atTheLampPosts(page);
  const first = page.getByRole("radio").first();
  await expect(first).toBeVisible();
  await expect(page.locator("main")).toContainText(/About \d+ metres away, to the /);
  await page.getByLabel("Lamp post DEMO 004").check();
  await journey.goOn();
  await journey.walk({ fault: "out" });
  await expect(page.locator("main")).toContainText("DEMO 004");
  const { reference } = await journey.send();
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.open(reference);
  await expect(desk.main).toContainText("DEMO 004");
});

test("a pin on the map of the list chooses its lamp post @js", async ({ page }) => {
  const journey = await atTheLampPosts(page);
  await page.getByRole("button", { name: "Show these on a map" }).click();
  await expect(page.getByRole("region", { name: "Map of the list below" })).toBeVisible();
  const posts = await page.getByRole("radio").count();
  const pins = page.locator(".leaflet-marker-pane .moot-pin");
  // The last radio button says that it is not listed.
  await expect(pins).toHaveCount(posts - 1);
  await pins.nth(1).click({ force: true });
  await expect(page.getByRole("radio").nth(1)).toBeChecked();
  await expect(pins.nth(1)).toHaveClass(/moot-pin--both/);
  await page.getByRole("radio").first().check();
  await expect(pins.first()).toHaveClass(/moot-pin--both/);
  await expect(pins.nth(1)).not.toHaveClass(/moot-pin--both/);
  await journey.goOn();
  await journey.walk({ fault: "out" });
  await expect(page.locator("main")).toContainText("DEMO 0");
});

test("one that is not listed is no dead end @nojs", async ({ page }) => {
  const journey = await atTheLampPosts(page);
  await page.getByRole("radio", { name: "It is not listed" }).check();
  await page.locator('[name="column"]').fill("NS 214");
  await journey.goOn();
  await journey.walk({ fault: "out" });
  await expect(page.locator("main")).toContainText("NS 214");
});
