import { readFile } from "node:fs/promises";
import { Desk, POLICE } from "../fixtures/desk.mjs";
import { expect, test } from "../fixtures/house.mjs";
import { Journey, PIN, SHED, choosePin } from "../fixtures/journey.mjs";
import { freshAddress, linkIn, mailTo } from "../fixtures/mail.mjs";

/** A crime number that no other test has. */
const number = (info) => `5226${String(Date.now()).slice(-5)}${info.workerIndex % 10}${info.parallelIndex % 10}`.slice(0, 11);

async function follow(page, mail) {
  await page.context().clearCookies();
  await page.goto(linkIn(mail));
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByLabel("Your PIN").fill(PIN);
  await page.getByRole("button", { name: "Go on" }).click();
}

test("a shed is broken into: from the report to the review of the decision @nojs @main", async ({ page, another, request }, info) => {
  const email = freshAddress(info);
  const journey = new Journey(page);
  await journey.begin("crime.burglary_home");
  await journey.walk({ ...SHED, "contact.name": "Robin Example", "contact.email": email, "contact.channel": "email" });
  await choosePin(journey);
  await expect(page.locator("main")).toContainText("EX-FRAME-4471");
  const { reference } = await journey.send();
  const [receipt] = await mailTo(request, email);

  // The desk: how urgent, and a crime.
  const officer = await Desk.of(another, POLICE.officer);
  const crime = `/staff/reports/${reference}/crime`;
  await officer.open(reference);
  await officer.main.getByRole("link", { name: "Crimes and clocks" }).click();
  await expect(officer.main).toContainText("A crime is recorded, or it is decided why not");
  await officer.form("assess").locator("xpath=ancestor::details[1]/summary").click();
  for (const score of ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"]) {
    await officer.form("assess").locator(`[name="${score}"][value="1"]`).check();
  }
  await officer.act("assess", { grade: "3", words: "Nobody was in; there may be marks on the door." });
  await officer.page.goto(crime);
  await expect(officer.main).toContainText("Grade 3, Scheduled.");
  const given = number(info);
  await officer.act("crimes", { offence: "28G", number: given, words: "We recorded this as a burglary." });
  await expect(officer.main.locator(".govuk-notification-banner")).toContainText("The resident is told");

  // Words both ways.
  await follow(page, receipt);
  const own = page.locator("main");
  await expect(own).toContainText(given);
  await expect(own).toContainText("We recorded this as a burglary.");
  await expect(own, "a note for colleagues is for colleagues").not.toContainText("marks on the door");
  await page.getByLabel("Add something").fill("My neighbour has a camera.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(own).toContainText("We answer what you wrote");
  await officer.open(reference);
  await expect(officer.main).toContainText("My neighbour has a camera.");
  await officer.act("ask", { words: "May we have your neighbour’s number?" });

  // A copy for the insurer, under a name that tells nothing.
  await page.reload();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "A copy for your insurer" }).click()]);
  expect(file.suggestedFilename()).toBe("report.pdf");
  const pdf = await readFile(await file.path());
  expect(pdf.subarray(0, 8).toString("latin1")).toMatch(/^%PDF-1\.\d$/);
  expect(pdf.length).toBeGreaterThan(10_000);

  // A suspect is asked; the decision; the review.
  await officer.page.goto(crime);
  await officer.act("event", { event: "interviewed", words: "He says nothing." });
  await expect(officer.main.locator(".govuk-notification-banner")).toContainText("the clock runs");
  await officer.open(reference);
  await officer.act("close", { outcome: "outcome_15", words: "We could not prove who did it." });
  await page.reload();
  await expect(own).toContainText("We could not prove who did it.");
  await expect(own, "nothing of what a suspect says").not.toContainText("He says nothing.");
  await page.getByRole("button", { name: "Well", exact: true }).click();
  await expect(own).toContainText("We have counted your answer.");
  await expect(page.getByRole("button", { name: "Well", exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: "Ask for a review" }).click();
  await page.getByRole("button", { name: "Ask for a review" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Write something first");
  await page.getByLabel("Why should we look again?").fill("The camera shows his face.");
  await page.getByRole("button", { name: "Ask for a review" }).click();
  await expect(own).toContainText("We have your request");
  await expect(own).toContainText("You hear the result of the review: by");
  const sergeant = await Desk.of(another, POLICE.sergeant);
  await sergeant.page.goto(crime);
  await sergeant.form("review").locator('[name="stands"][value="no"]').check();
  await sergeant.act("review", { words: "We look at the camera now." });
  await page.reload();
  await expect(own).toContainText("opened the report again");
});

test("a supervisor sees what is late, and the public only sums @nojs", async ({ page, another }) => {
  const sergeant = await Desk.of(another, POLICE.sergeant);
  await sergeant.page.goto("/staff");
  await sergeant.page.locator("summary", { hasText: "More" }).click();
  await sergeant.page.getByRole("link", { name: "Limits" }).click();
  await expect(sergeant.main.getByRole("heading", { level: 1 })).toHaveText("How we keep our limits");
  await page.goto("/figures");
  await expect(page.locator("main")).toContainText("How we do");
  await expect(page.locator("main")).not.toContainText(/\d{3} \d{3} \d{3}/);
});
