import { COUNCIL, Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { flyTip } from "../../fixtures/journey.mjs";

test("each agency sees its own reports, with age and target @nojs", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const council = await Desk.of(another, COUNCIL.officer);
  await council.page.goto("/staff");
  const rows = council.page.locator("table.moot-queue tbody tr");
  expect(await rows.count()).toBeGreaterThan(5);
  await expect(council.main).not.toContainText("Theft");
  await expect(rows.first()).toContainText(/in |Overdue/);
  const find = async (desk) => {
    await desk.page.goto(`/staff?q=${reference}`);
    return desk.page.locator(`a[href="/staff/reports/${reference}"]`).count();
  };
  expect(await find(council)).toBe(1);
  expect(await find(await Desk.of(another, POLICE.officer))).toBe(0);
});

test("views, order and search are addresses that can be kept @nojs @main", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const desk = await Desk.of(another, COUNCIL.contact);
  await desk.page.goto("/staff");
  await desk.page.getByRole("link", { name: "With nobody" }).click();
  await expect(desk.page).toHaveURL(/view=unassigned/);
  await expect(desk.page.getByRole("link", { name: "With nobody" })).toHaveAttribute("aria-current", "page");
  await desk.openAll();
  await desk.page.getByLabel("Order").selectOption("age");
  await desk.page.getByRole("button", { name: "Show" }).click();
  await expect(desk.page).toHaveURL(/sort=age/);
  await expect(desk.page).toHaveURL(/view=unassigned/);
  await desk.openAll();
  await desk.page.getByLabel("Find").fill(`${reference.slice(0, 3)} ${reference.slice(3, 6)} ${reference.slice(6)}`);
  await desk.page.getByRole("button", { name: "Find" }).click();
  await expect(desk.page.locator("table.moot-queue tbody tr")).toHaveCount(1);
  await desk.page.locator("table.moot-queue a").first().click();
  await expect(desk.page).toHaveURL(new RegExp(`/staff/reports/${reference}$`));
});

test("a search that finds nothing says so and has a way back @nojs", async ({ another }) => {
  const desk = await Desk.of(another, COUNCIL.contact);
  await desk.page.goto("/staff?q=zzzzqqqq");
  await expect(desk.main).toContainText("0 found");
  await desk.main.getByRole("link", { name: /Clear|See all/ }).first().click();
  await expect(desk.page).toHaveURL(/\/staff$/);
});

test("closed reports are in their own view @nojs", async ({ another }) => {
  const desk = await Desk.of(another, COUNCIL.officer);
  await desk.page.goto("/staff?view=closed");
  await expect(desk.page.locator("table.moot-queue tbody tr").first()).toContainText("Ended");
});
