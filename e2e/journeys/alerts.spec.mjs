import { expect, test } from "../fixtures/house.mjs";
import { COUNCIL, Desk } from "../fixtures/desk.mjs";
import { FLY_TIP, Journey } from "../fixtures/journey.mjs";
import { freshAddress, mailTo, signIn } from "../fixtures/mail.mjs";

/** A fly-tip that the council has read. */
async function public_(another, place) {
  const journey = new Journey(await another());
  await journey.begin("fly-tipping");
  await journey.walk({ ...FLY_TIP, "where.text": place });
  const { reference } = await journey.send();
  const officer = await Desk.of(another, COUNCIL.officer);
  await officer.open(reference);
  await officer.act("acknowledge");
  return { reference, officer };
}

const linkIn = (mail, to) => {
  const found = new RegExp(`https?://[^\\s/]+(/alerts/${to}/[a-z0-9]+)`).exec(mail.text);
  expect(found, `a link to ${to} in: ${mail.text}`).not.toBeNull();
  return found[1];
};

/** Fills in the form that is open, and confirms from the mail. */
async function confirm(page, request, address) {
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Send me a link to confirm" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your e-mail");
  const [mail] = await mailTo(request, address);
  await page.goto(linkIn(mail, "confirm"));
  await page.getByRole("button", { name: "Start these alerts" }).click();
  await expect(page.getByRole("status").first()).toContainText("Your alerts have started");
}

test("alerts are asked for beside a list, confirmed by mail, and stopped with one press @nojs @main", async ({ page, another, request }, info) => {
  const address = freshAddress(info);
  await page.goto("/reports?place=Wrington&within=1");
  await page.getByRole("link", { name: "Get alerts for this by e-mail" }).click();
  await expect(page.locator("main")).toContainText("Wrington");
  await page.getByRole("button", { name: "Send me a link to confirm" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Enter an e-mail address");
  await page.getByLabel("At once").check();
  await confirm(page, request, address);
  const { reference } = await public_(another, "Wrington");
  const [news] = await mailTo(request, address, 2);
  expect(news.subject).toMatch(/^Your alerts: \d+ reports?$/);
  expect(news.text).toContain(`/reports/${reference}`);
  await page.goto(linkIn(news, "stop"));
  await page.getByRole("button", { name: "Stop all alerts" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your alerts have stopped");
  await page.getByRole("link", { name: "Your alerts" }).click();
  await expect(page.locator("main")).toContainText("All alerts have stopped");
  await page.getByRole("button", { name: "Forget my address" }).click();
  await expect(page.getByRole("status").first()).toContainText("We have forgotten your address");
});

test("an account tells what its owner hears of, and stops it with one press @nojs", async ({ page, request }, info) => {
  const address = freshAddress(info);
  await page.goto("/reports?place=Wrington&within=1");
  await page.getByRole("link", { name: "Get alerts for this by e-mail" }).click();
  await confirm(page, request, address);
  await signIn(page, address);
  const stop = page.getByRole("button", { name: /^Stop ?: All reports within 1 mile of Wrington/ });
  await stop.click();
  await expect(page.getByRole("alert")).toContainText("You get no more e-mails about that.");
  await expect(stop).toHaveCount(0);
});

test("bin days are told on the evening before to who asked and confirmed @nojs", async ({ page, request }, info) => {
  const address = freshAddress(info);
  await page.goto("/property/999000000001");
  await page.getByRole("link", { name: "Get an e-mail the evening before" }).click();
  await expect(page.locator("main")).toContainText("at 6pm on the evening before");
  for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Send me a link to confirm" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Choose at least one");
  await expect(page.getByLabel("Your e-mail address")).toHaveValue(address);
  await page.getByLabel("Food waste").check();
  await confirm(page, request, address);
  await expect(page.locator("main")).toContainText("1. Food waste at 1 Example Road, Weston-super-Mare");
  await page.getByRole("button", { name: "Remove alert 1" }).click();
  await expect(page.locator("main")).toContainText("You have no alerts");
});

test("who follows a report hears when it is fixed @nojs", async ({ page, another, request }, info) => {
  const { reference, officer } = await public_(another, "Wraxall");
  const address = freshAddress(info);
  await page.goto(`/reports/${reference}`);
  await page.getByRole("link", { name: "Follow this report by e-mail" }).click();
  await confirm(page, request, address);
  await officer.open(reference);
  await officer.act("close", { outcome: "fixed", words: "It is gone." });
  const [news] = await mailTo(request, address, 2);
  expect(news.text).toContain("There is news. It is fixed.");
  expect(news.text).not.toContain("It is gone.");
});
