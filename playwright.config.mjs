import { defineConfig, devices } from "@playwright/test";

// The long form: every journey at every width. Without it the main widths alone, so that a change waits minutes only.
const prove = process.env.MOOTHALL_PROVE === "1";

const args = [
  // Chromium refuses to run as root inside its sandbox.
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // Nothing outside this machine is ever reached, not even by "Exit this page".
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

const phone = devices["Pixel 7"];
const tablet = devices["Galaxy Tab S4"];
const anywhere = [/journeys\/.*\.spec\.mjs/, /bugs\/.*\.spec\.mjs/];
const desk = /journeys\/desk\/.*\.spec\.mjs/;

const short = [
  { name: "phone", use: phone, testMatch: [...anywhere, /a11y\/.*\.spec\.mjs/], testIgnore: desk },
  { name: "nojs", use: { ...phone, javaScriptEnabled: false }, testMatch: anywhere, grep: prove ? /@nojs/ : /@nojs @main/ },
  { name: "tablet", use: tablet, testMatch: desk },
];
const long = [
  { name: "tablet-resident", use: tablet, testMatch: anywhere, testIgnore: desk },
  { name: "narrow", use: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }, testMatch: anywhere },
  { name: "desktop", use: { viewport: { width: 1280, height: 800 } }, testMatch: anywhere },
];
// Against a demonstration of its own: scripts/card.sh.
const card = { name: "card", use: phone, testMatch: /card\/.*\.spec\.mjs/ };
const pictures = { name: "pictures", testMatch: /pictures\/.*\.spec\.mjs/ };

export default defineConfig({
  testDir: "e2e",
  outputDir: "out/e2e",
  globalSetup: "./e2e/fixtures/sign-in-once.mjs",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // On a loaded machine a browser's start or a click may come too late once. What passes the second time only is counted apart.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["junit", { outputFile: "out/e2e.xml" }]],
  use: {
    baseURL: process.env.BASE_URL,
    locale: "en-GB",
    timezoneId: "Europe/London",
    browserName: "chromium",
    screenshot: "only-on-failure",
    actionTimeout: 10_000,
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args },
  },
  projects: [...short, ...(prove ? long : []), ...(process.env.PICTURES ? [pictures] : []), ...(process.env.CARD ? [card] : [])],
});
