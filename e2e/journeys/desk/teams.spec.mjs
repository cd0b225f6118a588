import { expect, test } from "../../fixtures/house.mjs";
import { COUNCIL, Desk, POLICE } from "../../fixtures/desk.mjs";

test("a sergeant changes what a team says, and what it said before stays to be read @nojs", async ({ another }) => {
  const { page, main } = await Desk.of(another, POLICE.sergeant);
  await page.goto("/staff/neighbourhoods");
  await main.getByRole("link", { name: "South Gloucestershire", exact: true }).click();
  await page.getByRole("button", { name: "Add another priority" }).click();
  await expect(main).toContainText("Not saved yet");
  const rows = page.locator('[name^="priorities."][name$=".issue"]');
  await rows.last().fill("Parking at the school gate");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(main).toContainText("The public page says so now");
  await page.getByRole("link", { name: "See the public page" }).click();
  await expect(main).toContainText("Parking at the school gate");
  await page.goto("/staff/neighbourhoods/south-gloucestershire/history");
  await expect(main).toContainText("Version 2, in force now");
  await expect(main).toContainText("Jo Specimen");
});

test("what is wrong is said beside its field, and nothing typed is lost @nojs", async ({ another }) => {
  const { page, main } = await Desk.of(another, POLICE.sergeant);
  await page.goto("/staff/neighbourhoods/bath");
  await page.locator('[name="about"]').fill("We are still here.");
  await page.locator('[name="events.0.title"]').fill("");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Write what the meeting is called");
  await expect(page.locator('[name="about"]')).toHaveValue("We are still here.");
});

test("the council’s desk knows nothing of the pages of police teams @nojs", async ({ another }) => {
  const { page } = await Desk.of(another, COUNCIL.leader);
  const answer = await page.goto("/staff/neighbourhoods/bath");
  expect(answer.status()).toBe(404);
});
