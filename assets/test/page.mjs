// A page with a place question and one with the map of reports, served as our server serves them: same policy, same
// addresses.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { existsSync, openSync, readFileSync, readSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PMTiles } from "pmtiles";
import { desk, pinsIn } from "./desk.mjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Plain names to hashed ones, as they are once all is built. */
let names;
const archive = join(root, "../shared/data/basemap/demo.pmtiles");

// The policy of the interface requirements (UI-6), with the hash of the page template's one inline script.
const POLICY =
  "default-src 'none'; script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const SUPPORTED =
  "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');";

const TILES = `data-centre="51.3460,-2.9770" data-zoom="15" data-tiles="/tiles/{z}/{x}/{y}" data-attribution="Made-up words, <a href=&quot;/licences&quot;>licences</a>"`;
const OUTLINE = `data-outline="/places/outline" data-around="51.288,-3.000,51.503,-2.594"`;

const html = (map) => `<!DOCTYPE html>
<html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>Where is it? – Moothall</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="icon" href="/assets/${names["favicon.svg"]}" type="image/svg+xml">
<link rel="stylesheet" href="/assets/${names["citizen.css"]}"></head>
<body class="govuk-template__body"><script>${SUPPORTED}</script>
<a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">Skip to main content</a>
<header class="govuk-template__header"><div class="govuk-generic-header"><div class="govuk-generic-header__container govuk-width-container">
<div class="govuk-generic-header__logo"><a href="/" class="govuk-generic-header__homepage-link"><img class="moot-mark" src="/assets/${names["mark.svg"]}" alt="" width="40" height="36">Moothall</a></div></div></div>
<aside class="moot-emergency" aria-label="Emergency"><div class="govuk-width-container moot-emergency__inner">
<p class="moot-emergency__words">In danger now?</p><ul class="moot-emergency__ways"><li><a class="moot-emergency__link" href="tel:999">Call&nbsp;999</a></li><li><a class="moot-emergency__link" href="tel:101">Call&nbsp;101</a></li><li><a class="moot-emergency__link" href="/emergency">Cannot talk or hear?</a></li></ul></div></aside></header>
<div class="govuk-width-container"><a href="/" class="govuk-back-link">Back</a>
<main class="govuk-main-wrapper" id="main-content"><form method="post" action="/next" novalidate>
<div class="govuk-form-group"><h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="where">Where is it?</label></h1>
<div id="where-hint" class="govuk-hint">A postcode, a street or a place.</div>
<input class="govuk-input" id="where" name="where.text" type="text" aria-describedby="where-hint"></div>
<div data-place="where" data-lat="where.lat" data-lon="where.lon" data-near="/places/near" ${map}></div>
<button type="submit" class="govuk-button" data-module="govuk-button">Continue</button></form></main></div>
<footer class="moot-footer"><div class="govuk-width-container"><ul class="moot-footer__links"><li><a href="/accessibility">Accessibility</a></li><li><a href="/licences">Licences</a></li></ul></div></footer>
<script type="module" src="/assets/${names["citizen.js"]}"></script></body></html>`;

const KINDS = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

/** Builds what the pages load and starts them; gives their address, the bodies that were posted and a way to stop. */
export async function serve() {
  execFileSync(process.execPath, [join(root, "assets/build.mjs")]);
  names = JSON.parse(readFileSync(join(root, "dist/meta.json"), "utf8"));
  const posted = [];
  const tiles = existsSync(archive) ? new PMTiles(fileSource(archive)) : null;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const send = (status, kind, body) => response.writeHead(status, { "content-type": kind }).end(body);
    if (request.method === "POST") {
      const parts = [];
      for await (const part of request) parts.push(part);
      posted.push(new URLSearchParams(Buffer.concat(parts).toString("utf8")));
      return send(200, "text/plain", "taken");
    }
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    if (pathname === "/" || pathname === "/outline") {
      response.setHeader("content-security-policy", POLICY);
      return send(200, "text/html; charset=utf-8", html(pathname === "/" ? TILES : OUTLINE));
    }
    if (pathname === "/staff/map") {
      response.setHeader("content-security-policy", POLICY);
      return send(200, "text/html; charset=utf-8", desk(names, searchParams));
    }
    if (pathname === "/staff/pins") return send(200, "application/json", JSON.stringify(pinsIn(searchParams.get("box"))));
    if (pathname === "/places/outline") {
      if (server.broken) return send(500, "text/plain", "");
      return send(200, "application/geo+json", JSON.stringify(server.outline));
    }
    if (pathname === "/places/near") {
      if (searchParams.get("lat").startsWith("50")) return send(500, "text/plain", "");
      return send(200, "application/json", JSON.stringify({ words: "Example Street" }));
    }
    const tile = /^\/tiles\/(\d+)\/(\d+)\/(\d+)$/.exec(pathname);
    if (tile) {
      const found = tiles && (await tiles.getZxy(...tile.slice(1).map(Number)));
      if (!found) return response.writeHead(204).end();
      return send(200, "application/vnd.mapbox-vector-tile", Buffer.from(found.data));
    }
    const file = join(root, "dist", pathname.replace(/^\/assets\//, "").replaceAll("/", ""));
    if (!pathname.startsWith("/assets/") || !existsSync(file)) return send(404, "text/plain", "");
    send(200, KINDS[extname(file)] ?? "text/plain", readFileSync(file));
  });
  server.outline = demonstration();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const stop = () => new Promise((done) => server.close(done).closeAllConnections());
  /** Makes the outline another one, or unanswered. */
  const draw = (outline) => Object.assign(server, { outline, broken: !outline });
  return { address: `http://127.0.0.1:${server.address().port}/`, posted, draw, stop };
}

/** The demonstration's geography in the form of our route. */
export function demonstration() {
  const text = (file) => readFileSync(join(root, "geography/demo", file), "utf8");
  const shapes = (file, part) =>
    JSON.parse(text(file)).features.map(({ properties, geometry }) => ({
      type: "Feature",
      properties: { part, name: properties.name },
      geometry,
    }));
  const rows = text("places.csv").trim().split("\n").slice(2).map((row) => row.split(","));
  const rank = (kind) => ["city", "town", "village", "suburb"].findIndex((one) => one === kind) & 7;
  const names = rows.map(([name, kind, lat, lon]) => ({
    type: "Feature",
    properties: { part: "name", name, kind },
    geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] },
  }));
  names.sort((a, b) => rank(a.properties.kind) - rank(b.properties.kind));
  return {
    type: "FeatureCollection",
    metres: 10,
    rough: true,
    sets: [
      { name: "Council areas (rough)", dated: "drawn by hand", attribution: "Do not rely on it." },
      { name: "Places (a few)", dated: "drawn by hand", attribution: "Do not rely on it." },
    ],
    features: [...shapes("land.geojson", "land"), ...shapes("districts.geojson", "area"), ...names],
  };
}

function fileSource(path) {
  const file = openSync(path);
  const getBytes = async (offset, length) => {
    const bytes = Buffer.alloc(length);
    const read = readSync(file, bytes, 0, length, offset);
    return { data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + read) };
  };
  return { getKey: () => path, getBytes };
}
