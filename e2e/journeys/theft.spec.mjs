import { expect, test } from "../fixtures/house.mjs";
import { Journey, PIN, THEFT, choosePin, theft } from "../fixtures/journey.mjs";
import { freshAddress, linkIn, mailTo } from "../fixtures/mail.mjs";

for (const gate of ["gate.now", "gate.hurt", "gate.serious", "gate.scene"]) {
  test(`“yes” at ${gate} leads to 999 and keeps nothing @nojs @main`, async ({ page, context }) => {
    const journey = new Journey(page);
    await journey.begin("crime.theft");
    await journey.walk(THEFT, gate);
    await journey.answer(gate, { [gate]: true });
    const main = page.locator("main");
    await expect(main).toContainText("Call 999");
    await expect(main.locator('a[href="tel:999"]').first()).toBeVisible();
    await expect(main).toContainText(/text 999/i);
    await expect(main).toContainText("55");
    // Nothing is kept: no attempt was begun, so this browser holds no cookie, and a new start knows no answer.
    expect(await context.cookies()).toEqual([]);
    await page.goto("/report/crime.theft");
    expect(await journey.question()).toBe("gate.now");
    await expect(page.locator('[name="gate.now"]:checked')).toHaveCount(0);
  });
}

test("a victim reports, gets a receipt and mail, and opens the report with link and PIN @nojs @main", async ({ page, request }, info) => {
  const email = freshAddress(info);
  const journey = new Journey(page);
  await journey.begin("crime.bicycle");
  // Question by question, to the last of them.
  await journey.walk({
    ...THEFT,
    "theft.frame": "EX123456",
    "people.known": "no",
    "contact.name": "Robin Example",
    "contact.email": email,
    "contact.channel": "email",
  });
  await choosePin(journey);
  await expect(page).toHaveURL(/\/check$/);
  const main = page.locator("main");
  await expect(main).toContainText("EX123456");
  await expect(main).toContainText("Avon and Somerset Police");
  await expect(main).not.toContainText(PIN);
  const { reference } = await journey.send();
  await expect(main).not.toContainText("My bag was gone");

  const [mail] = await mailTo(request, email);
  expect(mail.text).not.toContain("My bag was gone");
  expect(`${mail.subject} ${mail.text}`).not.toMatch(/theft|stolen|bike|crime/i);
  await page.context().clearCookies();
  await page.goto(linkIn(mail));
  await expect(main, "a link alone opens nothing").not.toContainText("EX123456");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByLabel("Your PIN").fill("904127");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("not right");
  await expect(main).not.toContainText("EX123456");
  await page.getByLabel("Your PIN").fill(PIN);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}$`));
  await page.getByText("What you told us").click();
  await expect(main).toContainText("EX123456");
  await expect(main, "a crime is asked to be withdrawn, not withdrawn").toContainText("Ask to withdraw");
});

test("questions about a phone are asked only when a phone was taken @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk({ ...THEFT, "prop.item.0.kind": "phone", "prop.item.0.state": "stolen" }, "theft.phone");
  expect(await journey.question()).toBe("theft.phone");
  await page.goto("/report/crime.theft/q/prop.item");
  await journey.fill("prop.item.0.kind", "keys");
  await journey.goOn();
  expect(await journey.question()).not.toBe("theft.phone");
});

test("rows of things are added and taken away and nothing typed is lost @nojs @main", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk(THEFT, "prop.item");
  await journey.fill("prop.item.0.make", "Example");
  await page.getByRole("button", { name: "Add another" }).click();
  await expect(journey.field("prop.item.0.make")).toHaveValue("Example");
  await journey.fill("prop.item.1.make", "Second");
  await page.getByRole("button", { name: /^Remove/ }).first().click();
  await expect(journey.field("prop.item.0.make")).toHaveValue("Second");
  await expect(journey.field("prop.item.1.make")).toHaveCount(0);
});

test("a changed answer drops what hung on it, names it, and it is not in the report @nojs @main", async ({ page }) => {
  const journey = await theft(page, { "theft.from": "delivery", "theft.delivery": "taken_after_delivery" });
  await choosePin(journey);
  const main = page.locator("main");
  await expect(main).toContainText("It came, and then someone took it");
  const row = page.locator(".govuk-summary-list__row", { hasText: "Stolen from" });
  await row.getByRole("link", { name: /Change/ }).click();
  await journey.answer("theft.from", { "theft.from": "garden" });
  await expect(page).toHaveURL(/\/check/);
  await expect(main).toContainText("Delivery");
  await expect(main).not.toContainText("It came, and then someone took it");
});

test("easy PINs are refused with words that help @nojs", async ({ page }) => {
  const journey = await theft(page);
  for (const easy of ["111111", "123456", "12345", "abcdef"]) {
    await choosePin(journey, easy);
    await expect(page.locator(".govuk-error-summary")).toBeVisible();
  }
  await choosePin(journey);
  await expect(page).toHaveURL(/\/check$/);
});

test("five wrong PINs close the report for a day @nojs", async ({ page, request }, info) => {
  const email = freshAddress(info);
  const journey = await theft(page, { "contact.email": email });
  await choosePin(journey);
  await journey.send();
  const [mail] = await mailTo(request, email);
  const open = async () => {
    await page.goto(linkIn(mail));
    await page.getByRole("button", { name: "Open" }).click();
  };
  await open();
  for (let n = 0; n < 5; n += 1) {
    await page.getByLabel("Your PIN").fill(`90412${n}`);
    await page.getByRole("button", { name: "Go on" }).click();
  }
  await expect(page.locator(".govuk-error-summary")).toContainText(/closed until/);
  await open();
  await page.getByLabel("Your PIN").fill(PIN);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator(".govuk-error-summary"), "the right PIN too").toContainText(/closed until/);
});

test("a theft on a train leads to the British Transport Police @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk({ ...THEFT, "where.kind": "train" });
  await expect(page.locator("main a[href='https://www.btp.police.uk']")).toBeVisible();
});

test("a bag taken with force leads to 101 and 999, and the report can go on @nojs", async ({ page }) => {
  const journey = new Journey(page);
  await journey.begin("crime.theft");
  await journey.walk({ ...THEFT, "theft.force": true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Talk to us now");
  await page.getByRole("button", { name: /Carry on/ }).click();
  await journey.walk(THEFT);
  await expect(page).toHaveURL(/\/pin$/);
});
