import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = join(dirname(dirname(fileURLToPath(import.meta.url))), "ts/nudge.ts");
const { outputFiles } = await build({ entryPoints: [source], bundle: true, format: "esm", write: false });
const { nudged, wayOf } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);

/** Metres between two points, by the haversine formula. */
function metres(a, b) {
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * 6_371_009 * Math.asin(Math.sqrt(h));
}

const start = { lat: 51.346, lon: -2.977 };

test("each way moves the pin by five metres, in that direction only", () => {
  for (const [way, lat, lon] of [["north", 1, 0], ["south", -1, 0], ["east", 0, 1], ["west", 0, -1]]) {
    const end = nudged(start, way);
    assert.ok(Math.abs(metres(start, end) - 5) < 0.01, `${way}: ${metres(start, end)}`);
    assert.equal(Math.sign(end.lat - start.lat), lat, way);
    assert.equal(Math.sign(end.lon - start.lon), lon, way);
  }
});

test("there and back is where it was", () => {
  const end = nudged(nudged(start, "east"), "west");
  assert.ok(metres(start, end) < 0.000_1);
});

test("only the arrow keys move the pin", () => {
  assert.deepEqual(["ArrowUp", "ArrowLeft", "Tab", "a"].map(wayOf), ["north", "west", null, null]);
});
