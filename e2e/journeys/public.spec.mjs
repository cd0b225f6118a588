// What a reporter, somebody else and staff do with what everybody can read.
import { expect, test } from "../fixtures/house.mjs";
import { COUNCIL, Desk } from "../fixtures/desk.mjs";
import { flyTip, tell } from "../fixtures/journey.mjs";
import { freshAddress, mailTo, signIn } from "../fixtures/mail.mjs";
import { photo } from "../fixtures/photos.mjs";

async function filed(page, info, place) {
  const address = freshAddress(info);
  const journey = await flyTip(page, { "where.text": place });
  await tell(page, "details", "details", "By the gate of Mrs Example.");
  await tell(page, "contact", "contact.email", address);
  const { reference } = await journey.send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  return { address, reference };
}

test("who confirms the address in the mail shows the report, and changed its words first @nojs @main", async ({ page, another }, info) => {
  const { address, reference } = await filed(page, info, "Nailsea");
  await page.getByRole("link", { name: "Check or change what others can read" }).click();
  await page.locator('[name="text-details"]').fill("By the gate.");
  await page.getByRole("button", { name: "Save what others read" }).click();
  await expect(page.locator("main")).toContainText("Saved.");
  const [mail] = await mailTo(page.request, address);
  const other = await another();
  await other.goto(/https?:\/\/[^\s/]+(\/confirm\/[a-z0-9]+)/.exec(mail.text)[1]);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Show your report to others?");
  await other.getByRole("button", { name: "Show my report" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Others can read your report now");
  await other.getByRole("link", { name: "See what they see" }).click();
  await expect(other).toHaveURL(new RegExp(`/reports/${reference}$`));
  await expect(other.locator("main")).toContainText("By the gate.");
  await expect(other.locator("main")).not.toContainText("Mrs Example");
});

test("somebody says that a report should not be public, and staff hide it @nojs @main", async ({ page, another }, info) => {
  const { reference } = await filed(page, info, "Backwell");
  const officer = await Desk.of(another, COUNCIL.officer);
  await officer.open(reference);
  await officer.act("acknowledge");
  const address = freshAddress(info);
  const other = await another();
  await other.goto(`/reports/${reference}`);
  await other.getByRole("link", { name: "This report should not be public" }).click();
  await other.getByRole("button", { name: "Send" }).click();
  await expect(other.locator(".govuk-error-summary")).toContainText("Choose what is wrong with it");
  await other.getByLabel("It says who somebody is, or how to reach them").check();
  await other.getByLabel("Your e-mail address").fill(address);
  await other.getByRole("button", { name: "Send" }).click();
  await expect(other.getByRole("status").first()).toContainText("A person looks at it.");
  await officer.open(reference);
  await officer.main.getByRole("link", { name: "Change what others read" }).click();
  await officer.page.locator('[name="text-details"]').fill("By a gate.");
  await officer.page.getByLabel("Why", { exact: true }).fill("It named a neighbour.");
  await officer.page.getByRole("button", { name: "Change what others read" }).click();
  await other.goto(`/reports/${reference}`);
  await expect(other.locator("main")).toContainText("By a gate.");
  await officer.main.getByRole("button", { name: "Hide it", exact: true }).first().click();
  await other.goto(`/reports/${reference}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("We cannot find that page");
  const [mail] = await mailTo(page.request, address);
  expect(mail.text).toContain("We have hidden it.");
});

test("the reporter says that it is fixed, then opens it again, then asks for removal @nojs", async ({ page, another }, info) => {
  const { reference } = await filed(page, info, "Long Ashton");
  const officer = await Desk.of(another, COUNCIL.officer);
  await officer.open(reference);
  await officer.act("acknowledge");
  await page.reload();
  await page.getByRole("button", { name: "It is fixed" }).click();
  await expect(page.locator("main")).toContainText("closed as fixed");
  await page.getByRole("link", { name: "Open it again" }).click();
  await page.getByLabel("What is still wrong?").fill("It is back.");
  await page.getByRole("button", { name: "Open it again" }).click();
  await expect(page.locator("main")).toContainText("open again");
  await page.getByRole("link", { name: "Check or change what others can read" }).click();
  await page.getByRole("button", { name: "Ask us to take it out" }).click();
  await page.getByLabel("What says who you are?").fill("My house number.");
  await page.getByRole("button", { name: "Hide my report and ask" }).click();
  await expect(page.locator("main")).toContainText("Nobody else can read your report now");
  const other = await another();
  await other.goto(`/reports/${reference}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("We cannot find that page");
});

test("an update with a photo and a name is seen once staff have looked, and the name goes again @nojs @main", async ({ page, another }, info) => {
  const { reference } = await filed(page, info, "Yatton");
  const officer = await Desk.of(another, COUNCIL.officer);
  await officer.open(reference);
  await officer.act("acknowledge");
  const other = await another();
  await signIn(other, freshAddress(info));
  await other.getByLabel("Name").fill("Alex Example");
  await other.getByRole("button", { name: "Keep these details" }).click();
  await other.goto(`/reports/${reference}`);
  await other.getByRole("button", { name: "I have this problem too" }).click();
  await other.getByRole("link", { name: "Add a note or a photo" }).click();
  await other.getByLabel("It is still there").check();
  await other.locator('main input[type="file"]').setInputFiles([await photo(other)]);
  await other.getByLabel("Show my name with it").check();
  await other.getByRole("button", { name: "Send" }).click();
  await expect(other.getByRole("status").first()).toContainText("A person looks at what you sent");
  await expect(other.locator("img.moot-file__picture")).toHaveCount(0);
  await officer.open(reference);
  await officer.main.getByRole("button", { name: "Show what they said" }).click();
  await other.goto(`/reports/${reference}`);
  const picture = other.locator("img.moot-file__picture");
  await expect(picture).toHaveCount(1);
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((img) => img.complete && img.naturalWidth)).toBeGreaterThan(0);
  await expect(other.locator("main")).toContainText("Alex Example, ");
  await other.goto("/account/names");
  await other.getByRole("button", { name: /^Hide my name/ }).click();
  await other.goto(`/reports/${reference}`);
  await expect(other.locator("main")).not.toContainText("Alex Example");
  await expect(other.locator("main")).toContainText("Somebody, ");
});
