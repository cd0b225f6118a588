import { Desk, POLICE } from "../fixtures/desk.mjs";
import { expect, test } from "../fixtures/house.mjs";
import { Journey, PIN, THEFT, choosePin } from "../fixtures/journey.mjs";
import { freshAddress, linkIn, mailTo } from "../fixtures/mail.mjs";

test("a witness sees the stage and what is written to them, and nothing of the case @nojs @main", async ({ page, another, request }, info) => {
  const email = freshAddress(info);
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  const told = { ...THEFT, "role.kind": "witness", "story.text": "I saw a boy take a bag from the bench." };
  await journey.walk({ ...told, "contact.name": "Robin Example", "contact.email": email, "contact.channel": "email" });
  await choosePin(journey);
  const { reference } = await journey.send();
  const [receipt] = await mailTo(request, email);

  const officer = await Desk.of(another, POLICE.officer);
  await officer.open(reference);
  await expect(officer.main).toContainText("A witness or a third party told us.");
  await officer.page.goto(`/staff/reports/${reference}/crime`);
  await officer.act("crimes", { offence: "49", words: "We recorded this for the owner of the bag." });
  await officer.open(reference);
  await officer.act("ask", { words: "What did the boy wear?" });

  await page.context().clearCookies();
  await page.goto(linkIn(receipt));
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByLabel("Your PIN").fill(PIN);
  await page.getByRole("button", { name: "Go on" }).click();
  const main = page.locator("main");
  await expect(main).toContainText("What did the boy wear?");
  for (const hidden of ["for the owner of the bag", "Crime number", "Recorded as", "What we promised you", "insurer", "Proof that"]) {
    await expect(main).not.toContainText(hidden);
  }
  await page.getByLabel("Your answer").fill("A green coat.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(main).toContainText("We have added your words.");
  await officer.open(reference);
  await expect(officer.main).toContainText("A green coat.");
});
