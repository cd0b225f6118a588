import { expect, test } from "../fixtures/house.mjs";
import { flyTip } from "../fixtures/journey.mjs";
import { freshAddress, linkIn, mailTo } from "../fixtures/mail.mjs";

test("the receipt's own link opens the report @nojs", async ({ page }) => {
  const journey = await flyTip(page);
  const { reference } = await journey.send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  await expect(page).toHaveURL(new RegExp(`/track/${reference}$`));
  await expect(page.locator("main")).toContainText("North Somerset Council");
});

test("a reporter gets a proof that the report came in, and can save it @nojs", async ({ page }) => {
  const { reference } = await (await flyTip(page)).send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  await page.getByRole("link", { name: "Proof that we have your report" }).click();
  const main = page.locator("main");
  // It is made within a second or two.
  await expect(async () => {
    await page.goto(`/track/${reference}/proof`);
    await expect(main.getByRole("heading", { level: 1 })).toHaveText("Proof that we have your report");
  }).toPass({ timeout: 20_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), main.getByRole("button", { name: "Save the proof" }).click()]);
  expect(download.suggestedFilename()).toBe("proof.tlog-proof");
  await main.getByText("What is in it").click();
  await expect(main.locator("pre")).toContainText("c2sp.org/tlog-proof@v1");
  await expect(main, "nothing of the matter").not.toContainText("mattress");
});

test("a council report is followed by reference and code: words added, then withdrawn @nojs @main", async ({ page, another }) => {
  const { reference, code } = await (await flyTip(page)).send();
  const later = await another();
  await later.goto("/track");
  const form = later.locator('form[action="/track"]');
  await form.getByLabel("Reference").fill(`${reference.slice(0, 3)} ${reference.slice(3, 6)} ${reference.slice(6)}`);
  await form.getByLabel("Code").fill(code);
  await form.getByRole("button").click();
  const main = later.locator("main");
  await expect(main).toContainText("We have your report");
  await expect(main).toContainText(/By .*2026|By .*2027/);
  await main.getByLabel("Add something").fill("It is behind the bus stop.");
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByRole("status")).toContainText("Thank you");
  await expect(main).toContainText("It is behind the bus stop.");
  await main.getByText("Withdraw this report").click();
  await main.getByLabel(/Why/).fill("It has gone.");
  await main.getByRole("button", { name: "Withdraw the report" }).click();
  await expect(main.getByRole("status")).toContainText("withdrawn");
  await expect(main.getByRole("button", { name: "Withdraw the report" })).toHaveCount(0);
});

test("empty words are refused by the field, and the report is still there @nojs", async ({ page }) => {
  await (await flyTip(page)).send();
  await page.locator('main a[href*="/track/"]').first().click();
  const open = page.getByRole("button", { name: "Open" });
  if (await open.count()) await open.click();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Write something first");
  await expect(page).toHaveTitle(/^Error: /);
});

test("a link by e-mail opens the report once its button is pressed @nojs @main", async ({ page, request, another }, info) => {
  const email = freshAddress(info);
  await flyTip(page);
  await page.getByRole("link", { name: /your details/i }).click();
  await page.locator('[name="contact.email"]').fill(email);
  await page.locator('main form[method="post"] button:not([name])').last().click();
  await page.getByRole("button", { name: /^Send/ }).click();
  await expect(page).toHaveURL(/\/done$/);
  const reference = /(\d{3}) (\d{3}) (\d{3})/.exec(await page.locator("main").innerText()).slice(1).join("");
  await mailTo(request, email);

  const later = await another();
  await later.goto("/track");
  const form = later.locator('form[action="/track/by-mail"]');
  await form.getByLabel("Reference").fill(reference);
  await form.getByLabel("E-mail address").fill(email);
  await form.getByRole("button").click();
  await expect(later.getByRole("status")).toContainText("a link is on its way");
  const [newest] = await mailTo(request, email, 2);
  await later.goto(linkIn(newest));
  await expect(later.locator("main")).not.toContainText("mattress");
  await later.getByRole("button", { name: "Open" }).click();
  await expect(later).toHaveURL(new RegExp(`/track/${reference}$`));
  await later.getByRole("button", { name: "Close my report on this device" }).click();
  await later.goto(`/track/${reference}`);
  await expect(later.locator("main")).not.toContainText("What has happened");
});

test("asking for a link says the same whether there is such a report or not @nojs", async ({ page, request }) => {
  await page.goto("/track");
  const form = page.locator('form[action="/track/by-mail"]');
  await form.getByLabel("Reference").fill("123456782");
  await form.getByLabel("E-mail address").fill("nobody@example.org");
  await form.getByRole("button").click();
  await expect(page.getByRole("status")).toContainText("If we have a report");
  const all = await (await request.get("/demo/outbox.json")).json();
  expect(all.filter((mail) => mail.to === "nobody@example.org")).toEqual([]);
});
