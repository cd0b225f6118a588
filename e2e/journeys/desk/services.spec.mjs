import { COUNCIL, Desk } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";

// Browsers run beside each other, and each turns off a service of its own.
const SERVICES = { tablet: "public-toilet", nojs: "sign", narrow: "rights-of-way", desktop: "fly-posting" };
const HEADING = "We take no reports of toilets this week";

test("a service is turned off, says so in place of its form, and is put back @nojs @main", async ({ page, another }, info) => {
  const service = SERVICES[info.project.name] ?? "public-toilet";
  const desk = await Desk.of(another, COUNCIL.leader);
  const field = (name) => desk.page.getByLabel(name);
  const press = (name) => desk.page.getByRole("button", { name }).click();
  await desk.page.goto(`/staff/services/${service}`);
  await field("Off: nobody can send it for now").check();
  await press("Look at what changes");
  await expect(desk.page.locator(".govuk-error-summary")).toContainText("Write why");
  await field("If not everybody: heading").fill(HEADING);
  await field("If not everybody: what people read").fill("They are being painted.");
  await field("Why?").fill("Paint.");
  await press("Look at what changes");
  await expect(desk.main).toContainText("Nothing is saved yet");
  await press("Save these changes");
  await expect(desk.main).toContainText("keep what was promised");
  await page.goto("/report");
  await expect(page.locator("main")).toContainText(HEADING);
  await page.goto(`/report/${service}`);
  await expect(page.getByRole("heading", { name: HEADING })).toBeVisible();
  await expect(page.locator("main form"), "there is nothing to send").toHaveCount(0);
  await press("Put back what the file says");
  await press("Save these changes");
  await page.goto(`/report/${service}`);
  await expect(page.getByRole("heading", { name: HEADING })).toHaveCount(0);
});
