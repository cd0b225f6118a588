import { COUNCIL, Desk, POLICE } from "../../fixtures/desk.mjs";
import { expect, test } from "../../fixtures/house.mjs";
import { flyTip } from "../../fixtures/journey.mjs";

const inView = (desk) => desk.page.locator("#in-view");

test("the list of the map alone leads from a place to its reports @nojs @main", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const council = await Desk.of(another, COUNCIL.leader);
  await council.page.goto("/staff");
  await council.page.getByRole("link", { name: "See them on a map" }).click();
  await expect(council.main.getByRole("heading", { level: 1 })).toHaveText("Map");
  await council.page.getByLabel("Near").fill("Kewstoke");
  await council.page.getByLabel("Within").selectOption("half a mile");
  await council.page.getByRole("button", { name: "Go there" }).click();
  await expect(inView(council).getByRole("heading")).toContainText("in this view");
  // The newest may stand on a later page: the most urgent come first.
  const row = inView(council).locator(`a[href="/staff/reports/${reference}"]`);
  for (let page = 1; page < 20 && !(await row.count()); page += 1) {
    await inView(council).getByRole("link", { name: "Next page" }).click();
  }
  await row.click();
  await expect(council.main.getByRole("heading", { level: 1 })).toContainText("Report");
});

test("a place nobody knows is said so, and the list stays @nojs", async ({ another }) => {
  const council = await Desk.of(another, COUNCIL.officer);
  await council.page.goto("/staff/map?place=Nowhere+at+all+9");
  await expect(council.main.locator(".govuk-error-summary")).toContainText("We do not know that place");
  await expect(council.page.getByLabel("Near")).toHaveValue("Nowhere at all 9");
  await expect(inView(council).getByRole("heading")).toContainText("in this view");
});

test("a pin leads to its report, and moving the map changes the list and the address", async ({ page, another }) => {
  await (await flyTip(page)).send();
  const council = await Desk.of(another, COUNCIL.leader);
  // A street around the report, so that few stand there.
  await council.page.goto("/staff/map?box=51.3640,-2.9610,51.3680,-2.9550");
  const pins = council.page.locator(".moot-pins .leaflet-marker-pane > *");
  await expect(pins.first()).toBeVisible();
  const heading = await inView(council).getByRole("heading").textContent();
  // As far as the next town, which has reports of its own.
  for (let step = 0; step < 4; step += 1) {
    const before = council.page.url();
    await council.page.getByRole("button", { name: "Zoom out" }).click();
    await expect(council.page).not.toHaveURL(before);
    await expect(council.page).toHaveURL(/box=/);
  }
  await expect(inView(council).getByRole("heading")).not.toHaveText(heading);
  await council.page.reload();
  await expect(pins.first()).toBeVisible();
  await council.page.getByRole("button", { name: "Hide pins" }).click();
  await expect(pins.first()).toBeHidden();
  await council.page.getByRole("button", { name: "Show pins" }).click();
  // Pins may lie over each other: the event goes to the pin itself.
  await pins.first().dispatchEvent("click");
  await council.page.getByRole("link", { name: "Open the report" }).first().click();
  await expect(council.main.getByRole("heading", { level: 1 })).toContainText("Report");
});

test("each agency sees its own reports on the map @nojs", async ({ page, another }) => {
  const { reference } = await (await flyTip(page)).send();
  const police = await Desk.of(another, POLICE.sergeant);
  await police.page.goto("/staff/map?box=51.3640,-2.9610,51.3680,-2.9550");
  await expect(inView(police).getByRole("heading")).toContainText("in this view");
  await expect(inView(police).locator(`a[href="/staff/reports/${reference}"]`)).toHaveCount(0);
});
