// A report that its agency does not deal with is sent again, with the answers that fit.
import { expect, test } from "../fixtures/house.mjs";
import { COUNCIL, Desk, NOT_OURS } from "../fixtures/desk.mjs";
import { Journey, flyTip, tell } from "../fixtures/journey.mjs";

test("a report that is not the council's is sent again as another, and each names the other @nojs @main", async ({ page, another }) => {
  const journey = await flyTip(page, { "where.text": "Backwell" });
  await tell(page, "details", "details", "It blocks the drain.");
  const { reference } = await journey.send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  const officer = await Desk.of(another, COUNCIL.officer);
  await officer.open(reference);
  await officer.act("close", NOT_OURS);
  await page.reload();
  await page.getByRole("link", { name: "Send your report again" }).click();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Choose what it is about");
  await page.getByLabel("Find something else").fill("litter");
  await page.getByRole("button", { name: "Find" }).click();
  await page.locator('[name="service"][value="litter"]').check();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL(/\/report\/litter\//);
  const next = new Journey(page);
  await next.walk({ ground: "verge" });
  await expect(page.locator("main")).toContainText("It blocks the drain.");
  const sent = await next.send();
  await page.goto(`/track/${reference}`);
  await expect(page.locator("main")).toContainText(`You sent this again, as ${sent.reference.replace(/(...)(?=.)/g, "$1 ")}`);
});
