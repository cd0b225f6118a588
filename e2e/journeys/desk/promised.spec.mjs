import { Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { PIN, choosePin, theft } from "../../fixtures/journey.mjs";

const LEAD = "max.model";

/** A theft that is sent, and its own page in the victim's browser. */
async function reportAndFollow(page) {
  const journey = await theft(page);
  await choosePin(journey);
  const { reference } = await journey.send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  await page.getByLabel("Your PIN").fill(PIN);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}$`));
  return reference;
}

test("staff and a victim agree when the victim hears, and the victim asks for another time @nojs", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const desk = await Desk.of(another, POLICE.sergeant);
  await desk.page.goto(`/staff/reports/${reference}/crime`);
  await desk.main.locator("summary", { hasText: "Agree when the victim hears from us" }).click();
  const form = desk.form("agreement");
  await form.getByLabel("Every", { exact: true }).fill("2");
  await form.getByLabel("Days, weeks or months").selectOption("week");
  await form.getByLabel("How they would like to hear").selectOption("email");
  await form.getByLabel("Suspect arrested").check();
  await form.getByLabel("What to tell the victim").fill("As we said on the phone.");
  await form.getByRole("button", { name: "Agree and tell the victim" }).click();
  await expect(desk.main.locator(".govuk-notification-banner")).toBeVisible();
  await page.reload();
  const main = page.locator("main");
  await expect(main).toContainText("We agreed to write to you every two weeks.");
  await expect(main).toContainText("As we said on the phone.");
  await main.getByText("Ask to hear from us more or less often").click();
  await main.getByLabel("Every week").check();
  await main.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(main.getByRole("status")).toContainText("We have asked.");
  await expect(main, "nothing changes by itself").toContainText("We agreed to write to you every two weeks.");
  await desk.open(reference);
  await expect(desk.main).toContainText("The resident asks to hear every week");
});

test("an officer is away, the victim is told, and the duty desk reads what the victim writes @nojs", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const main = page.locator("main");
  // The duty lead gives it to themselves, and goes away: nobody else's work in this house is touched.
  const lead = await Desk.of(another, LEAD);
  await lead.open(reference);
  await lead.act("assign", { to: await lead.optionOf("assign", "to", "Max Model") });
  const from = new Date();
  const back = new Date(from.getTime() + 7 * 24 * 3600 * 1000);
  await lead.page.goto("/staff/away");
  const form = lead.page.locator("form", { hasText: "First day away" });
  for (const [name, day] of [["from", from], ["back", back]]) {
    await form.locator(`[name="${name}-day"]`).fill(String(day.getDate()));
    await form.locator(`[name="${name}-month"]`).fill(String(day.getMonth() + 1));
    await form.locator(`[name="${name}-year"]`).fill(String(day.getFullYear()));
  }
  await form.getByRole("button", { name: "Save" }).click();
  await expect(lead.main.getByRole("status")).toContainText("Saved");
  await page.reload();
  await expect(main).toContainText("The person who deals with your report is away.");
  await expect(main).toContainText("Until then the duty desk reads what you write.");
  await main.getByLabel("Add something").fill("I know who has it.");
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByRole("status")).toBeVisible();
  await lead.page.goto("/staff");
  const duty = lead.page.locator("section", { hasText: "For you on duty" });
  await expect(duty.locator(`a[href$="/${reference}"]`)).toBeVisible();
  await lead.page.goto("/staff/away");
  await lead.main.getByRole("button", { name: "I am here" }).click();
  await page.reload();
  await expect(main).not.toContainText("is away");
});
