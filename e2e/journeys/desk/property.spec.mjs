import { Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { Journey, PIN, THEFT, choosePin, theft } from "../../fixtures/journey.mjs";

test("a stolen bike meets one that was found, staff say so, and its owner is not told @nojs", async ({ page, another }) => {
  const journey = new Journey(page);
  await journey.begin("crime.bicycle");
  // The demonstration has a report of a bike in a hedge with this frame number.
  await journey.walk({ ...THEFT, "theft.frame": "EX-6021 8873", "people.known": "no", "contact.name": "Robin Example" });
  await choosePin(journey);
  const { reference } = await journey.send();
  await expect(page.locator("main")).not.toContainText("found");
  const desk = await Desk.of(another, POLICE.officer);
  await desk.open(reference);
  const met = desk.main.locator(".moot-asked", { hasText: "It may have been found" });
  await expect(met.getByRole("link")).toBeVisible();
  await met.getByLabel("Yes").check();
  await met.getByLabel("How you know").fill("The same scratch on the bar.");
  await met.getByRole("button", { name: "Save" }).click();
  await expect(desk.main).toContainText("It is the same thing.");
  await met.getByRole("link").click();
  await expect(desk.main).toContainText("The same scratch on the bar.");
});

test("a victim adds a phone to the list, and staff read it beside the first list @nojs", async ({ page, another }) => {
  const journey = await theft(page, { "theft.from": "garden", "theft.lost": "stolen", "people.known": "no", "contact.name": "Robin Example" });
  await choosePin(journey);
  const { reference } = await journey.send();
  await page.locator('main a[href*="/track/"]').first().click();
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByLabel("Your PIN").fill(PIN);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("link", { name: "Add or correct a thing on your list" }).click();
  await page.getByRole("button", { name: "Add to my report" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Tell us what it is first");
  await page.locator('[name="prop.item.0.make"]').fill("Example Nine");
  await page.locator('[name="prop.item.0.value"]').fill("250");
  await page.getByRole("button", { name: "Add to my report" }).click();
  await expect(page.locator("main").getByRole("status")).toContainText("added it to your report");
  await expect(page.locator("main")).toContainText("You added a thing");
  const desk = await Desk.of(another, POLICE.officer);
  await desk.open(reference);
  await expect(desk.main).toContainText("Example Nine, £250");
});
