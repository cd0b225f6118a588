import { COUNCIL, Desk } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { mailTo } from "../../fixtures/mail.mjs";

async function begin(another, service, whom) {
  const desk = await Desk.of(another, COUNCIL.contact);
  await desk.page.goto(`/staff/new/${service}`);
  await desk.page.getByLabel(whom, { exact: true }).check();
  await desk.page.getByRole("button", { name: "Begin" }).click();
  return desk;
}

async function fill(page, place) {
  await page.locator('[name="now"][value="no"]').check();
  await page.locator('main [name="where.text"]').fill(place);
  await page.locator('[name="land"][value="road_verge"]').check();
  await page.locator('[name="waste"][value="mattress"]').check();
  await page.locator('[name="size"][value="single_item"]').check();
}

async function send(page) {
  await page.locator("#send").click();
  if (page.url().endsWith("/alike")) {
    await page.getByRole("button", { name: "None of these: go on" }).click();
    await page.locator("#send").click();
  }
  await expect(page.locator("h1")).toContainText("Report filed");
  return (await page.locator(".govuk-panel .moot-reference").textContent()).replaceAll(" ", "");
}

test("somebody who calls gets a reference on one page, and the mail @nojs @main", async ({ page, another }) => {
  const address = `caller-${Date.now()}@example.org`;
  const desk = await begin(another, "fly-tipping", "For a resident");
  await fill(desk.page, "Nailsea");
  await desk.page.locator('[name="contact.name"]').fill("Noor Example");
  await desk.page.locator('[name="contact.email"]').fill(address);
  const reference = await send(desk.page);
  await expect(desk.main).toContainText("We have sent you an e-mail");
  await desk.page.getByRole("link", { name: "Open this report" }).click();
  await expect(desk.main).toContainText("Filed for a resident");
  await expect.poll(async () => (await mailTo(page.request, address)).length).toBe(1);
  const [mail] = await mailTo(page.request, address);
  await page.goto(/https?:\/\/[^\s/]+(\/track\/link\/[a-z0-9]+)/.exec(mail.text)[1]);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}`));
  await expect(page.locator("main")).not.toContainText("Alex Example");
});

test("what the council files for itself stands under its name @nojs @main", async ({ page, another }) => {
  const desk = await begin(another, "fly-tipping", "For us");
  await expect(desk.page.locator('[name="contact.name"]')).toHaveCount(0);
  await fill(desk.page, "Portishead");
  const reference = await send(desk.page);
  await page.goto(`/reports/${reference}`);
  await expect(page.locator("main")).toContainText("Reported by North Somerset Council");
});

test("an emergency on the telephone is said to the caller, and nothing is kept @nojs @main", async ({ another }) => {
  const desk = await begin(another, "fly-tipping", "For a resident");
  await desk.page.locator('[name="now"][value="danger"]').check();
  await desk.page.locator("#send").click();
  await expect(desk.main).toContainText("Say this to the person");
  await desk.page.goto("/staff/new/fly-tipping/all");
  await expect(desk.page.locator('[name="now"]:checked')).toHaveCount(0);
});
