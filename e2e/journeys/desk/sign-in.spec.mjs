import { COUNCIL, Desk } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";

const person = async (request, login) =>
  (await (await request.get("/demo/staff.json")).json()).find((one) => one.login.startsWith(`${login}@`));

async function signIn(page, { login, password, code }) {
  await page.goto("/staff/sign-in");
  await page.locator('[name="login"]').fill(login);
  await page.locator('[name="password"]').fill(password);
  await page.locator('[name="code"]').fill(code);
  await page.locator('form[action="/staff/sign-in"] button[type="submit"], form[action="/staff/sign-in"] button:not([type])').click();
}

test("staff sign in with a code that opens the door once, and out again", async ({ page, request, another }) => {
  const alex = await person(request, COUNCIL.contact);
  await signIn(page, alex);
  await expect(page).toHaveURL(/\/staff$/);
  const second = await another();
  await signIn(second, alex);
  await expect(second.locator(".govuk-error-summary")).toContainText("That did not work");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/staff");
  await expect(page).toHaveURL(/\/staff\/sign-in/);
});

test("a wrong password says no more than that it did not work @nojs @main", async ({ page }) => {
  await signIn(page, { login: "nobody@council.example.org", password: "not the password", code: "000000" });
  await expect(page.locator(".govuk-error-summary")).toContainText("That did not work");
  await expect(page.locator('[name="login"]')).toHaveValue("nobody@council.example.org");
  await expect(page.locator('[name="password"]')).toHaveValue("");
});

test("the desk is closed to those who are not signed in @nojs", async ({ page }) => {
  for (const path of ["/staff", "/staff/reports/123456782", "/staff/deliveries"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/staff\/sign-in/);
  }
});

test("messages not sent are shown to those who may send them again @nojs", async ({ another }) => {
  const leader = await Desk.of(another, COUNCIL.leader);
  await leader.page.goto("/staff/deliveries");
  await expect(leader.main.getByRole("heading", { level: 1 })).toHaveText("Messages not sent");
});
