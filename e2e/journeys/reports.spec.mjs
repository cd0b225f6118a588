import { expect, test } from "../fixtures/house.mjs";
import { COUNCIL, Desk } from "../fixtures/desk.mjs";
import { FLY_TIP, Journey } from "../fixtures/journey.mjs";
import { freshAddress, signIn } from "../fixtures/mail.mjs";

/** A fly-tip that the council has read. */
async function public_(page, another, place) {
  const journey = new Journey(page);
  await journey.begin("fly-tipping");
  await journey.walk({ ...FLY_TIP, "where.text": place });
  const { reference } = await journey.send();
  const officer = await Desk.of(another, COUNCIL.officer);
  await officer.open(reference);
  await officer.act("acknowledge");
  return { reference, officer };
}

test("what was reported is found near a place, and somebody else has it too @nojs @main", async ({ page, another }) => {
  const { reference, officer } = await public_(page, another, "Portishead");
  const other = await another();
  await other.goto("/");
  await other.getByRole("link", { name: "Reports near you" }).click();
  await other.getByLabel("Near").fill("Portishead");
  await other.getByRole("button", { name: "Show reports" }).click();
  await expect(other.getByRole("heading", { level: 2, name: /reports? here/ })).toBeVisible();
  await other.locator(`main a[href="/reports/${reference}"]`).click();
  const main = other.locator("main");
  await expect(main).toContainText("A mattress or bed");
  await expect(main).toContainText("Open");
  await other.getByRole("button", { name: "I have this problem too" }).click();
  await expect(other.getByRole("status").first()).toContainText("We have counted you");
  await officer.open(reference);
  await expect(officer.main).toContainText("1 more person says that they see it too.");
});

test("who is about to tell the same again is shown it first, and is done with one press @nojs @main", async ({ page, another }) => {
  const { reference } = await public_(page, another, "Yatton");
  const other = await another();
  const journey = new Journey(other);
  journey.looksAtAlike = true;
  await journey.begin("fly-tipping");
  await journey.walk({ ...FLY_TIP, "where.text": "Yatton" }, "land");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Is it one of these?");
  await other.locator(`form[action="/reports/${reference}/me-too"]`).getByRole("button").click();
  await expect(other).toHaveURL(new RegExp(`/reports/${reference}`));
});

test("a report that is hidden is gone for everybody at once @nojs", async ({ page, another }) => {
  const { reference, officer } = await public_(page, another, "Banwell");
  await officer.open(reference);
  await officer.act("publication", { words: "It names somebody." });
  const other = await another();
  await other.goto(`/reports/${reference}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("We cannot find that page");
});

test("map and list show the same, and moving the map moves both", async ({ page, another }) => {
  // No other test reports here, so that nothing comes in between list and map.
  await public_(page, another, "Congresbury");
  await page.goto("/reports?place=Congresbury&within=1");
  await expect(page.getByText(/report(s)? on the map\./)).toBeVisible();
  const listed = Number.parseInt(await page.locator("#in-view-title").innerText(), 10);
  expect(listed).toBeGreaterThan(0);
  await expect(page.locator(".moot-pin.leaflet-marker-icon")).toHaveCount(listed);
  await page.getByRole("button", { name: "Zoom out" }).click();
  await expect(page).toHaveURL(/box=/);
  await expect(page.locator(".moot-pins__legend")).toContainText("Fixed");
});

test("somebody else says how it is now: a person reads the words before others can @nojs", async ({ page, another }, info) => {
  const { reference, officer } = await public_(page, another, "Clevedon");
  const other = await another();
  await signIn(other, freshAddress(info));
  await other.goto(`/reports/${reference}`);
  await other.getByRole("link", { name: "Say how it is now" }).click();
  await other.getByRole("button", { name: "Send" }).click();
  await expect(other.locator(".govuk-error-summary")).toContainText("Choose how it is now");
  await other.getByLabel("It is still there").check();
  await other.getByLabel("Anything to add?").fill("It has grown by the hedge.");
  await other.getByRole("button", { name: "Send" }).click();
  await expect(other.getByRole("status").first()).toContainText("A person reads it before others can.");
  await expect(other.locator("main")).not.toContainText("by the hedge");
  await officer.open(reference);
  await officer.main.getByRole("button", { name: "Show what they said" }).click();
  await other.goto(`/reports/${reference}`);
  await expect(other.locator("main")).toContainText("One person says that it is still there.");
  await expect(other.locator("main")).toContainText("It has grown by the hedge.");
});

test("what staff say to everybody stands on the public page, and a number in it is refused @nojs", async ({ page, another }) => {
  const { reference, officer } = await public_(page, another, "Backwell");
  await officer.open(reference);
  await officer.act("stage", { stage: "planned", words: "Ring Kim on 07700 900123.", everybody: ["yes"] });
  await expect(officer.main).toContainText("What everybody reads must not hold a telephone number");
  await expect(officer.main, "nothing typed is lost").toContainText("07700 900123");
  await officer.open(reference);
  await officer.act("stage", { stage: "planned", words: "The crew comes with a crane.", everybody: ["yes"] });
  const other = await another();
  await other.goto(`/reports/${reference}`);
  await expect(other.locator("main")).toContainText("The crew comes with a crane.");
});
