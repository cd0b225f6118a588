import { COUNCIL, Desk } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { noise } from "../../fixtures/journey.mjs";

test("two complaints are merged, a visit is logged, and a letter is what their complainants read @nojs @main", async ({ page, another }) => {
  const first = await (await noise(page)).send();
  await page.context().clearCookies();
  const second = await (await noise(page)).send();
  const desk = await Desk.of(another, COUNCIL.leader);
  const at = (receipt) => `/staff/cases/${receipt.reference}`;
  await desk.page.goto("/staff/cases");
  await expect(desk.page.locator(`a[href="${at(first)}"]`)).toBeVisible();
  await desk.page.goto(at(first));
  await desk.act("merge", { into: second.reference });
  await expect(desk.main).toContainText("Merged. The other case holds both now.");
  await desk.page.goto("/staff/cases");
  await expect(desk.page.locator(`a[href="${at(first)}"]`), "a merged case leaves the list").toHaveCount(0);
  await desk.page.goto(at(second));
  await expect(desk.main).toContainText(/Complainants\s+2/);

  await desk.page.getByRole("link", { name: "Log a visit" }).click();
  const field = (name) => desk.page.locator(`[name="${name}"]`);
  await field("weather").fill("Dry and still");
  await desk.page.locator('[name="inside"][value="no"]').check();
  await field("distance").fill("40");
  await field("minutes").fill("10");
  await desk.page.locator('[name="nuisance"][value="no"]').check();
  await desk.page.getByRole("button", { name: "Keep the log" }).click();
  await expect(desk.main).toContainText("Say why it is not a statutory nuisance");
  await expect(field("weather"), "nothing typed is lost").toHaveValue("Dry and still");
  await field("why_not").fill("Too quiet to hear");
  await desk.page.getByRole("button", { name: "Keep the log" }).click();
  await expect(desk.main).toContainText("You listened for less than most visits need");

  await desk.act("action", { type: "advisory_letter", words: "To number three." });
  await expect(desk.main).toContainText("complainants see this");
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  const main = page.locator("main");
  await expect(main).toContainText("Advisory letter sent");
  await expect(main).not.toContainText("number three");
  await expect(main).not.toContainText(/merge/i);
  await desk.page.goto(at(first));
  await desk.page.getByRole("button", { name: "Take it out of the other case" }).click();
  await expect(desk.main).toContainText("Taken apart again.");
});
