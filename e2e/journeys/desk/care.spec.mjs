import { Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { Journey, THEFT, choosePin, theft } from "../../fixtures/journey.mjs";

const TAKEN = { "theft.from": "garden", "theft.lost": "stolen" };

test("an email that is the suspect's too is refused where it is typed @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk({ ...THEFT, ...TAKEN, "people.known": "yes", "people.suspect.0.online": "kim@example.org" }, "contact");
  await page.locator('[name="contact.email"]').fill("Kim@example.org");
  await journey.goOn();
  await expect(page.locator(".govuk-error-summary")).toContainText("You wrote this email for the other person too");
  await expect(page.locator('[name="contact.email"]')).toHaveValue("Kim@example.org");
  await page.locator('[name="contact.email"]').fill("robin@example.org");
  await journey.goOn();
  await expect(page).not.toHaveURL(/\/q\/contact$/);
});

test("earlier reports are a number opened with a reason, and another body is named before a report is closed @nojs", async ({ page, another }) => {
  const journey = await theft(page, { ...TAKEN, "people.known": "no", "contact.name": "Robin Example", "contact.phone": "01632 960001" });
  await choosePin(journey);
  const { reference } = await journey.send();
  const desk = await Desk.of(another, POLICE.sergeant);
  await desk.open(reference);
  await expect(desk.main).toContainText(/Record: (23|24) hours left/);
  await desk.act("earlier", { need: "repeat" });
  await expect(desk.main).toContainText("before this one");
  await desk.open(reference);
  await desk.act("close", { outcome: "outcome_20", words: "They run the car park." });
  await expect(desk.main).toContainText("Say who acts now");
  await desk.open(reference);
  await desk.act("close", { outcome: "outcome_20", body: "Example Parks", contact: "01632 960002", told: ["yes"], words: "They run it." });
  await expect(desk.main).toContainText("Example Parks is now dealing with this");
});
