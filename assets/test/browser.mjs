// A real browser, and what several tests ask of a page in it. Where chromium is absent they are skipped; CI has it.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { chromium, devices } from "@playwright/test";
import { build } from "esbuild";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const absent = !existsSync(executablePath) && !process.env.CI;
export const skip = absent && `skipped: ${executablePath} is absent`;
const ts = join(dirname(dirname(fileURLToPath(import.meta.url))), "ts");

export const launch = () => chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });

/** A script that calls the function `name` of assets/ts/NAME.ts on the page that it is added to. */
export async function calling(name) {
  const contents = `import { ${name} } from "./${name}"; ${name}(document);`;
  const built = await build({ stdin: { contents, resolveDir: ts }, bundle: true, format: "iife", write: false });
  return built.outputFiles[0].text;
}

/** A page in a phone, or in what `options` make of it; `wrong` gathers errors and requests to anywhere but `address`. */
export async function phone(browser, address, options) {
  const context = await browser.newContext({ ...devices["Pixel 7"], ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) wrong.push(request.url());
  });
  return { context, page, wrong };
}

/** What axe has against the page. */
export async function complaints(page) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await new AxeBuilder({ page }).withTags(tags).analyze();
  return found.violations.map((one) => `${one.id} ${one.nodes[0].html}`);
}

/** What can be pressed and is smaller than 44 px. Links inside a line of words may be. */
export const small = (page) =>
  page.$$eval("a, button, input, summary, [role=button]", (all) =>
    all
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([one, box]) => box.width && !one.closest(".leaflet-control-attribution, .govuk-skip-link"))
      // What a map has moved may measure a ten-thousandth less.
      .filter(([, box]) => Math.min(box.width, box.height) < 43.99)
      .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`),
  );

/** How wide the page is. Not innerWidth: an emulated phone widens its window to what sticks out. */
export const across = (page) => page.evaluate(() => document.documentElement.scrollWidth);
export const doubleText = (page) => page.evaluate(() => void (document.documentElement.style.fontSize = "200%"));
