import { COUNCIL, Desk } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { flyTip } from "../../fixtures/journey.mjs";

/** Opens one's own report by the link of the receipt. */
async function own(page) {
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
}

test("a template is written once and used for a report, whose reporter reads it @nojs @main", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const desk = await Desk.of(another, COUNCIL.leader);
  await desk.page.goto("/staff/templates/new");
  const field = (name) => desk.page.getByLabel(name, { exact: true });
  await field("Name").fill(`Crew for ${reference}`);
  await field("When it is used").selectOption({ label: "The work is planned" });
  await field("What the resident reads").fill("A crew comes about {nothing}.");
  const save = desk.page.getByRole("button", { name: "Save", exact: true }).last();
  await save.click();
  await expect(desk.page.locator(".govuk-error-summary"), "a blank that nothing fills").toBeVisible();
  await expect(field("What the resident reads"), "nothing typed is lost").toHaveValue(/\{nothing\}/);
  await field("What the resident reads").fill("A crew comes about {reference}.");
  await save.click();
  await desk.open(reference);
  await desk.page.locator("#act-stage > summary").click();
  const stage = desk.page.locator('form[action$="#act-stage"]');
  await stage.getByLabel("Begin with a template").selectOption({ label: `Crew for ${reference}` });
  await stage.getByRole("button", { name: "Use this" }).click();
  await expect(desk.page.locator("#act-stage textarea")).toHaveValue(/A crew comes about \d/);
  const chosen = await desk.optionOf("stage", "stage", "planned");
  await desk.act("stage", { stage: chosen });
  await own(page);
  await expect(page.locator("main")).toContainText("A crew comes about");
});

test("many reports go to a team in one act, and back again @nojs @main", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const desk = await Desk.of(another, COUNCIL.leader);
  await desk.page.goto(`/staff?q=${reference}`);
  const row = desk.page.locator("tr", { has: desk.page.locator(`a[href$="/${reference}"]`) });
  await row.locator('[name="report"]').check();
  await desk.page.getByLabel("Do something to all that are ticked").selectOption("assign");
  await desk.page.getByRole("button", { name: "Go on" }).click();
  await desk.page.getByLabel("Give to").selectOption({ label: "Team: Highways" });
  await desk.page.getByRole("button", { name: "See what will happen" }).click();
  await expect(desk.main).toContainText("1 report is changed.");
  await desk.page.getByRole("button", { name: "Do it" }).click();
  await expect(desk.page.getByRole("button", { name: "Put them back as they were" })).toBeVisible();
  await desk.open(reference);
  await expect(desk.main).toContainText("Given to the team Highways");
  await desk.page.goBack();
  await desk.page.getByRole("button", { name: "Put them back as they were" }).click();
  await expect(desk.page.getByRole("button", { name: "Put them back as they were" })).toHaveCount(0);
});

test("a report is put on the list of what to go and see, and inspected there @nojs @main", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.open(reference);
  await desk.page.getByRole("button", { name: "Put it on my list" }).click();
  await desk.page.goto("/staff/shortlist");
  await desk.page.locator(`main a[href="/staff/reports/${reference}/inspection"]`).click();
  await expect(desk.main.getByRole("heading", { level: 1 })).toContainText("Inspection");
  await desk.main.locator('[name="note"]').fill("Two mattresses, no name in them.");
  await desk.page.getByRole("button", { name: "Save the inspection" }).click();
  await desk.open(reference);
  await expect(desk.main).toContainText("Two mattresses, no name in them.");
});

test("a leader reads numbers and a councillor reads fewer, and no report @nojs @main", async ({ another }) => {
  const leader = await Desk.of(another, COUNCIL.leader);
  await leader.page.goto("/staff/dashboard");
  await expect(leader.main).toContainText("Our work in numbers");
  const councillor = await Desk.of(another, COUNCIL.councillor);
  await councillor.page.goto("/staff/dashboard");
  await expect(councillor.main).toContainText("There is no report and no person in these numbers");
  await councillor.page.goto("/staff");
  await expect(councillor.page, "the list of reports is not theirs").toHaveURL(/\/staff\/dashboard$/);
  expect((await councillor.page.goto("/staff/map")).status()).toBe(404);
});

test("numbers for everybody are there without signing in @nojs @main", async ({ page }) => {
  await page.goto("/statistics");
  await expect(page.locator("main h1")).toBeVisible();
  for (const kind of ["csv", "json"]) expect((await page.request.get(`/statistics.${kind}`)).status(), kind).toBe(200);
});

test("a list is kept under a name with all its filters @nojs", async ({ another }) => {
  const desk = await Desk.of(another, COUNCIL.leader);
  await desk.page.goto("/staff?service=fly-tipping&photo=yes");
  await desk.openAll();
  await desk.page.getByLabel("Keep this list under a name").fill("Tips with photos");
  await desk.page.getByRole("button", { name: "Keep it" }).click();
  await desk.page.goto("/staff");
  await desk.page.getByRole("link", { name: "Tips with photos" }).first().click();
  await expect(desk.page).toHaveURL(/service=fly-tipping&photo=yes/);
});
