// The house's own geography, drawn where no base map was imported: land, areas as quiet lines, places by name.
// Plain SVG and text of the device's own font. What the names say, the list and the text field above say too.

import * as L from "leaflet";
import { SEA } from "./basemap";

type Feature = {
  type: "Feature";
  properties: { part: "land" | "area" | "name"; name: string; kind?: string };
  geometry: { type: string; coordinates: unknown };
};
export type Outline = {
  /** No line of an area lies farther than this from where it is. */
  metres: number;
  /** Drawn for a demonstration. */
  rough: boolean;
  sets: { name: string; dated: string; attribution: string }[];
  features: Feature[];
};

const AREA = { color: "#5f8a8e", weight: 1.5, fillColor: "#faf8f1", fillOpacity: 1 };
const LAND = { color: "#d6d2c4", weight: 1, fillColor: "#ebe8de", fillOpacity: 1 };
/** Around the areas where nobody said what is sea. */
const UNKNOWN = "#e7ebe6";

/** The zoom from which places of a kind are named. */
const FROM: Record<string, number> = {
  city: 7,
  town: 9,
  island: 11,
  village: 12,
  suburb: 13,
  hamlet: 13,
  neighbourhood: 13,
  locality: 13,
  street: 15,
};
const FROM_OTHERS = 14;
/** The last zoom at which a whole area is in sight, and has its name. */
const AREAS_TO = 10;
/** Nearer than this there is nothing more to see: about 3 metres a pixel. */
export const NEAREST = 15;
/** The look of names that have a dot. */
const DOTTED = "moot-map__name--thing";
/** Between two names, in pixels. */
const APART = 5;

type Name = { at: L.LatLng; from: number; to: number; element: HTMLElement };

export async function getOutline(address: string): Promise<Outline> {
  const answer = await fetch(address, { headers: { accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Draws it on a map that has its view; gives the colour of what is around. */
export function drawOutline(map: L.Map, { features }: Outline): string {
  const renderer = L.svg({ padding: 0.5 });
  const draw = (part: string, style: object): L.Polygon[] => {
    const shapes = features.filter(({ properties }) => properties.part === part);
    const drawn = L.geoJSON(shapes, { style, interactive: false, renderer }).addTo(map);
    return drawn.getLayers();
  };
  const land = draw("land", LAND);
  const areas = draw("area", AREA);
  renderer.getPane().setAttribute("aria-hidden", "true");

  const pane = map.createPane("names");
  pane.setAttribute("aria-hidden", "true");
  const write = (name: string, kind: string, at: L.LatLng, from: number, to: number): Name => {
    const element = document.createElement("span");
    element.className = `moot-map__name moot-map__name--${kind}`;
    element.textContent = name;
    const icon = L.divIcon({ className: "moot-map__at", html: element, iconSize: null });
    L.marker(at, { icon, pane: "names", interactive: false, keyboard: false }).addTo(map);
    return { at: L.latLng(at), from, to, element };
  };
  const points = features.filter(({ properties }) => properties.part === "name");
  const known = new Set(points.map(({ properties }) => properties.name));
  const names = points.map(({ properties: { name, kind = "" }, geometry }) => {
    const at = L.GeoJSON.coordsToLatLng(geometry.coordinates);
    const look = ["city", "town", "street"].find((one) => one === kind) ?? (kind in FROM ? "village" : "thing");
    return write(name, look, at, FROM[kind] ?? FROM_OTHERS, Infinity);
  });
  const named = areas.filter((area) => !known.has(area.feature.properties.name));
  // Areas after the cities, and before all else: the first to come has the room.
  const cities = names.findIndex(({ from }) => from > FROM.city);
  names.splice(
    cities < 0 ? names.length : cities,
    0,
    ...named.map((area) => write(area.feature.properties.name, "area", area.getCenter(), 0, AREAS_TO)),
  );
  const scale = L.control.scale({ imperial: false, maxWidth: 80 }).addTo(map);
  scale.getContainer().setAttribute("aria-hidden", "true");
  const settle = (): void => spread(names, map);
  map.on("moveend", settle);
  settle();
  return land.length ? SEA : UNKNOWN;
}

/**
 * Shows the names that have room in this view, the more important ones first. None is cut by the edge of the map: one
 * whose place is in sight moves inward, one whose place is not is left out.
 */
function spread(names: Name[], map: L.Map): void {
  const zoom = map.getZoom();
  const view = map.getPixelBounds();
  for (const { element, from, to } of names) element.hidden = zoom < from || zoom > to;
  const sizes = names.map(({ element }) => [element.offsetWidth, element.offsetHeight]);
  const taken = controls(map, view.min);
  const inward = (from: number, to: number, least: number, most: number): number =>
    Math.max(0, least - from) - Math.max(0, to - most);
  names.forEach(({ at, element }, n) => {
    if (element.hidden) return;
    const [width, height] = sizes[n];
    const half = L.point(width + APART, height + APART).divideBy(2);
    const middle = map.project(at, zoom);
    // A dot above the name stands on the place itself.
    const off = L.point(0, element.classList.contains(DOTTED) ? height / 2 - 4 : 0);
    let box = L.bounds(middle.subtract(half).add(off), middle.add(half).add(off));
    if (view.contains(middle)) {
      const shift = L.point(
        inward(box.min.x, box.max.x, view.min.x, view.max.x),
        inward(box.min.y, box.max.y, view.min.y, view.max.y),
      );
      off.x += shift.x;
      off.y += shift.y;
      box = L.bounds(box.min.add(shift), box.max.add(shift));
    }
    const cut = view.overlaps(box) && !view.contains(box);
    element.hidden = cut || taken.some((other) => other.overlaps(box));
    element.style.left = `${off.x}px`;
    element.style.top = `${off.y}px`;
    if (!element.hidden) taken.push(box);
  });
}

/** The room of the buttons and the scale, in the pixels of the whole map. */
function controls(map: L.Map, corner: L.Point): L.Bounds[] {
  const frame = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control")].map((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const from = corner.add([left - frame.left, top - frame.top]);
    return L.bounds(from, from.add([width, height]));
  });
}

/** What is drawn, from when it is and whose, in words. */
export function sourceOf({ metres, rough, sets }: Outline): string {
  const exact = rough
    ? "This is a rough map for the demonstration."
    : `Lines are drawn simply: up to ${metres} metres from where they are.`;
  const whose = new Map<string, string[]>();
  for (const { name, dated, attribution } of sets) {
    const key = [dated, attribution].filter(Boolean).join(". ");
    whose.set(key, [...(whose.get(key) ?? []), name]);
  }
  const parts = [...whose].map(([key, all]) => [all.join(", "), key].filter(Boolean).join(": "));
  return [exact, ...parts.map((part) => part.replace(/\.?$/, "."))].join(" ");
}
