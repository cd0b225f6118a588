import { Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { Journey, THEFT, choosePin } from "../../fixtures/journey.mjs";

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
