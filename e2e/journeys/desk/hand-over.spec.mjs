import { COUNCIL, Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { flyTip } from "../../fixtures/journey.mjs";

async function asked(page, another) {
  const { reference } = await (await flyTip(page)).send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  const council = await Desk.of(another, COUNCIL.officer);
  await council.open(reference);
  const agency = await council.optionOf("transfer", "agency", "Avon and Somerset Police");
  await council.act("transfer", { agency, words: "A van was seen. Please say if you want this." });
  await expect(council.main.locator(".govuk-notification-banner")).toBeVisible();
  return { reference, council };
}

test("the council asks, the police take it, and the resident sees both @nojs @main", async ({ page, another }) => {
  const { reference, council } = await asked(page, another);
  const police = await Desk.of(another, POLICE.triage);
  await police.page.goto("/staff");
  await police.page.locator(".moot-asked").getByRole("link", { name: new RegExp(reference.slice(0, 3)) }).first().click();
  await expect(police.main).toContainText("A van was seen.");
  await expect(police.main, "only the summary, before it is taken").not.toContainText("A mattress or bed");
  await police.act("accept");
  await expect(police.main.locator(".govuk-notification-banner")).toBeVisible();
  await page.reload();
  await expect(page.locator("main")).toContainText("Avon and Somerset Police");
  await council.open(reference);
  await expect(council.main).toContainText("We have passed it on");
});

test("the police hand it back with a reason, and it stays with the council @nojs @main", async ({ page, another }) => {
  const { reference, council } = await asked(page, another);
  const police = await Desk.of(another, POLICE.sergeant);
  await police.open(reference);
  await police.act("hand-back", { reason: "not_our_power", words: "This is for the council alone." });
  await expect(police.page).toHaveURL(/\/staff$/);
  const gone = await police.page.goto(`/staff/reports/${reference}`);
  expect(gone.status()).toBe(404);
  await council.open(reference);
  await expect(council.main).toContainText("This is for the council alone.");
  await page.reload();
  await expect(page.locator("main"), "why it came back is between the agencies").not.toContainText("for the council alone");
});

test("a request can be taken back before it is answered @nojs", async ({ page, another }) => {
  const { reference, council } = await asked(page, another);
  await council.act("take-back");
  const police = await Desk.of(another, POLICE.sergeant);
  const answer = await police.page.goto(`/staff/reports/${reference}`);
  expect(answer.status()).toBe(404);
});

test("an officer without the right to decide is not offered it @nojs", async ({ page, another }) => {
  const { reference } = await asked(page, another);
  const officer = await Desk.of(another, POLICE.officer);
  await officer.page.goto(`/staff/reports/${reference}`);
  await expect(officer.form("accept")).toHaveCount(0);
});
