// A page of the desk with the map of reports, and what our server answers it with.

/** Where reports are, and how many around each place. The first five lie in BOX, the others outside. */
const AROUND = [
  [51.3465, -2.9715, 14],
  [51.361, -2.927, 7],
  [51.354, -2.948, 6],
  [51.33, -2.966, 4],
  [51.335, -2.915, 3],
  [51.436, -2.852, 420],
  [51.431, -2.757, 386],
  [51.478, -2.765, 400],
];
export const BOX = "51.32,-3,51.37,-2.9";
const KINDS = ["Fly-tipping", "Noise", "Street light", "Pothole"];

let last = 11;
/** Numbers from 0 to 1, the same each time (Park and Miller's generator). */
const next = () => (last = (last * 48_271) % 2_147_483_647) / 2_147_483_647;
const off = (most) => (next() + next() - 1) * most;

/** Every report as a pin: latitude, longitude, number, kind and look. */
export const reports = AROUND.flatMap(([lat, lon, count]) =>
  Array.from({ length: count }, () => [lat + off(0.009), lon + off(0.013)]),
).map(([lat, lon], n) => {
  const look = [0, 0, 0, 1, 0, 2, 0, 0, 2, 3][n % 10];
  return [Number(lat.toFixed(5)), Number(lon.toFixed(5)), n + 1, n % KINDS.length, look];
});

export function within(box) {
  const [south, west, north, east] = box.split(",").map(Number);
  return reports.filter(([lat, lon]) => lat >= south && lat <= north && lon >= west && lon <= east);
}

/** All pins in the box up to 1,000; beyond that groups, eight a side. */
export function pinsIn(box) {
  const pins = within(box);
  const answer = { total: pins.length, kinds: KINDS, pins, clusters: [] };
  if (pins.length <= 1000) return answer;
  const [south, west, north, east] = box.split(",").map(Number);
  const cells = new Map();
  for (const pin of pins) {
    const cell = [(pin[0] - south) / (north - south), (pin[1] - west) / (east - west)].map((part) => Math.floor(part * 8)).join();
    cells.set(cell, [...(cells.get(cell) ?? []), pin]);
  }
  const middle = (all, n) => all.reduce((sum, pin) => sum + pin[n], 0) / all.length;
  return { ...answer, pins: [], clusters: [...cells.values()].map((all) => [middle(all, 0), middle(all, 1), all.length]) };
}

const plural = (n) => `${n.toLocaleString("en-GB")} report${n === 1 ? "" : "s"}`;

function row([, , number, kind, look]) {
  const flags = [look & 1 && '<strong class="moot-flag moot-flag--urgent">Urgent</strong>', look & 2 && '<strong class="moot-flag moot-flag--late">Overdue</strong>'];
  return `<tr class="govuk-table__row"><td class="govuk-table__cell" data-label="Report"><a class="govuk-link moot-queue__link" href="/staff/pins/${number}">R-${number}</a></td>
<td class="govuk-table__cell" data-label="What">${KINDS[kind]} ${flags.filter(Boolean).join(" ")}</td></tr>`;
}

/** The page; with `ground=tiles` in its query it is drawn on the base map. */
export function desk(names, asked) {
  const box = asked.get("box") ?? BOX;
  const query = new URLSearchParams([...asked].filter(([name]) => name !== "box")).toString().replaceAll("&", "&amp;");
  const ground = asked.get("ground") === "tiles"
    ? `data-tiles="/tiles/{z}/{x}/{y}" data-attribution="Made-up words, &lt;a href=&quot;/licences&quot;&gt;licences&lt;/a&gt;"`
    : `data-outline="/places/outline"`;
  const all = within(box);
  return `<!DOCTYPE html>
<html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>Map of reports – Moothall</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="icon" href="/assets/${names["favicon.svg"]}" type="image/svg+xml">
<link rel="stylesheet" href="/assets/${names["staff.css"]}"><link rel="stylesheet" href="/assets/${names["pins.css"]}"></head>
<body class="govuk-template__body">
<header class="govuk-generic-header moot-header"><div class="govuk-generic-header__container govuk-width-container"><div class="govuk-generic-header__logo">
<a href="/staff" class="govuk-generic-header__homepage-link"><img class="moot-mark" src="/assets/${names["mark.svg"]}" alt="" width="40" height="36">Moothall</a></div></div></header>
<div class="govuk-width-container"><main class="govuk-main-wrapper" id="main-content" tabindex="-1"><h1 class="govuk-heading-l">Map of reports</h1>
<nav aria-label="Views"><ul class="moot-link-row moot-views"><li><a class="govuk-link" href="/staff/map?view=late&amp;box=${box}">Overdue</a></li></ul></nav>
<ul class="moot-link-row"><li><a class="govuk-link" href="/staff/map?box=51.4,-2.8,51.5,-2.7">Nailsea</a></li></ul>
<form method="get" action="/staff/map" class="moot-find"><input type="hidden" name="box" value="${box}"><button type="submit" class="govuk-button govuk-button--secondary">Filter</button></form>
<div class="moot-pins" data-pins="/staff/pins" data-page="/staff/map" data-query="${query}" data-box="${box}" ${ground}></div>
<section id="in-view" aria-labelledby="in-view-title"><h2 class="govuk-heading-m" id="in-view-title">${plural(all.length)} in this view</h2>
<table class="govuk-table moot-stack moot-queue"><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">Report</th><th scope="col" class="govuk-table__header">What</th></tr></thead>
<tbody class="govuk-table__body">${all.slice(0, 25).map(row).join("\n")}</tbody></table></section></main></div>
<footer class="moot-footer"><div class="govuk-width-container"><ul class="moot-footer__links"><li><a href="/accessibility">Accessibility</a></li><li><a href="/licences">Licences</a></li></ul></div></footer>
<script type="module" src="/assets/${names["staff.js"]}"></script><script type="module" src="/assets/${names["pins.js"]}"></script></body></html>`;
}
