import { COUNCIL, Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { flyTip } from "../../fixtures/journey.mjs";

async function reportAndFollow(page) {
  const { reference } = await (await flyTip(page)).send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  return reference;
}

test("a report is opened, acknowledged, given, planned and closed, and the resident reads each step @nojs @main", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const desk = await Desk.of(another, COUNCIL.leader);
  await desk.open(reference);
  await expect(desk.main).toContainText("A mattress or bed");
  await desk.act("acknowledge");
  await expect(desk.main.locator(".govuk-notification-banner")).toBeVisible();
  await desk.act("assign", { to: await desk.optionOf("assign", "to", "Kit Sample") });
  await expect(desk.main).toContainText("Kit Sample");
  const day = { "planned-day": "3", "planned-month": "9", "planned-year": "2099" };
  await desk.act("stage", { stage: "planned", words: "A crew will come on Thursday.", ...day });
  await page.reload();
  const main = page.locator("main");
  await expect(main).toContainText("The work is planned for Thursday 3 September 2099");
  await expect(main).toContainText("A crew will come on Thursday.");
  await desk.act("close", { outcome: "fixed", words: "The crew took it all away." });
  await page.reload();
  await expect(main).toContainText("The crew took it all away.");
  await expect(main).toContainText("We have put it right.");
});

test("a question to the resident is answered, and staff see the answer @nojs @main", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.open(reference);
  await desk.act("ask", { words: "Is it in front of the wall or behind it?" });
  await page.reload();
  const main = page.locator("main");
  await expect(main).toContainText("We asked you something");
  await expect(main).toContainText("in front of the wall");
  await main.getByLabel("Your answer").fill("Behind it, by the gate.");
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByRole("status")).toBeVisible();
  await desk.open(reference);
  await expect(desk.main).toContainText("Behind it, by the gate.");
});

test("a note is for colleagues and the resident never sees it @nojs", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.open(reference);
  await desk.act("note", { words: "Landowner told by phone." });
  await expect(desk.main).toContainText("Landowner told by phone.");
  await page.reload();
  await expect(page.locator("main")).not.toContainText("Landowner");
  const police = await Desk.of(another, POLICE.sergeant);
  const answer = await police.page.goto(`/staff/reports/${reference}`);
  expect(answer.status()).toBe(404);
});

test("a leader sees who opened a report, an officer does not @nojs", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const officer = await Desk.of(another, COUNCIL.officer);
  await officer.open(reference);
  await expect(officer.main.getByRole("link", { name: "See who opened it" })).toHaveCount(0);
  const leader = await Desk.of(another, COUNCIL.leader);
  await leader.open(reference);
  await leader.main.getByRole("link", { name: "See who opened it" }).click();
  await expect(leader.main.getByRole("heading", { level: 1 })).toContainText("Who opened report");
  await expect(leader.main.getByRole("row", { name: /Kit Sample/ })).toContainText("What the resident told us");
  await expect(leader.main.locator("tbody tr").first()).toContainText("Pat Specimen");
});

test("words that the resident must read cannot be left out, and what was typed comes back @nojs", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.open(reference);
  await desk.act("close", { outcome: "fixed", words: "" });
  await expect(desk.main).toContainText("Write some words first");
  await desk.page.goto(`/staff/reports/${reference}`);
  await expect(desk.main).toContainText("We have your report");
});

test("two people at one report: the second is told, and loses nothing typed @nojs", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const [first, second] = [await Desk.of(another, COUNCIL.leader), await Desk.of(another, COUNCIL.officer)];
  await first.open(reference);
  await second.open(reference);
  await first.act("stage", { stage: "looked_into", words: "We are on our way." });
  await second.act("stage", { stage: "planned", words: "Words typed by the second." });
  await expect(second.main).toContainText("changed this report just before you");
  await expect(second.page.locator("textarea")).toHaveValue("Words typed by the second.");
});

test("a report of another agency is the same page as one that does not exist @nojs @main", async ({ page, another }) => {
  const reference = await reportAndFollow(page);
  const police = await Desk.of(another, POLICE.officer);
  const look = async (path) => {
    const answer = await police.page.goto(path);
    return [answer.status(), (await police.page.locator("body").innerText()).trim()];
  };
  const hidden = await look(`/staff/reports/${reference}`);
  const absent = await look("/staff/reports/123456782");
  expect(hidden[0]).toBe(404);
  expect(hidden).toEqual(absent);
});
