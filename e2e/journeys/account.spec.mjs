import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures/house.mjs";
import { FLY_TIP, flyTip } from "../fixtures/journey.mjs";
import { freshAddress, signIn } from "../fixtures/mail.mjs";
import { photo } from "../fixtures/photos.mjs";

const main = (page) => page.locator("main");

test("a resident signs in by mail, keeps their details, and finds their report in the list @nojs @main", async ({ page }, info) => {
  const address = freshAddress(info);
  await signIn(page, address);
  await expect(main(page)).toContainText("None yet.");
  await page.getByLabel("Name").fill("Robin Example");
  await page.getByLabel("Telephone number").fill("01632 960001");
  await page.getByRole("button", { name: "Keep these details" }).click();
  await expect(page.getByRole("alert")).toContainText("We have kept your details.");
  const journey = await flyTip(page);
  await expect(main(page), "filled in from the account").toContainText(address);
  const { reference } = await journey.send();
  await page.goto("/account");
  const shown = `${reference.slice(0, 3)} ${reference.slice(3, 6)} ${reference.slice(6)}`;
  await expect(main(page)).toContainText(shown);
  await expect(main(page)).toContainText("1 report. It is open.");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Get a copy" }).click()]);
  const copy = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(copy.account.email).toBe(address);
  expect(copy.reports.map((one) => one.reference)).toEqual([reference]);
  await page.getByRole("button", { name: /Follow it/ }).click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}$`));
});

test("a lost telephone is signed out from another, and an account ends for good", async ({ page, another }, info) => {
  const address = freshAddress(info);
  const lost = await another();
  await signIn(lost, address);
  await signIn(page, address);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await lost.goto("/account");
  await expect(lost).toHaveURL(/\/account\/sign-in$/);
  await signIn(page, address);
  await page.getByRole("link", { name: "End your account" }).click();
  await page.getByRole("button", { name: "End my account" }).click();
  await expect(main(page)).toContainText("We have forgotten what it kept.");
  await page.goto("/account");
  await expect(page).toHaveURL(/\/account\/sign-in$/);
});

test("all questions on one page: what is missing is named, what an answer opens is asked, and it is sent @nojs", async ({ page }) => {
  await page.goto("/report/fly-tipping");
  await page.getByRole("link", { name: "Answer all questions on one page" }).click();
  await page.getByRole("button", { name: /^Send/ }).click();
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
  const field = (name, value) => page.locator(`main [name="${name}"][value="${value}"]`);
  await field("now", FLY_TIP.now).check();
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.locator('main [name="where.text"]').fill(FLY_TIP["where.text"]);
  await page.locator('main input[type="file"][name="photos.new"]').setInputFiles(await photo(page));
  await field("land", FLY_TIP.land).check();
  await field("waste", "mattress").check();
  await field("waste", "other").check();
  await field("size", FLY_TIP.size).check();
  await page.getByRole("button", { name: /^Send/ }).click();
  await expect(page.getByRole("status").first()).toContainText("Your answers are kept.");
  await page.locator('main [name="waste_other"]').fill("Half a caravan");
  await page.getByRole("button", { name: "Check my answers first" }).click();
  if (/\/alike$/.test(page.url())) await page.getByRole("button", { name: "None of these: go on" }).click();
  await expect(page).toHaveURL(/\/check$/);
  await expect(main(page)).toContainText("Half a caravan");
  await expect(main(page).getByRole("img")).toHaveCount(1);
  await page.getByRole("button", { name: /^Send/ }).click();
  await expect(page).toHaveURL(/\/done$/);
});
