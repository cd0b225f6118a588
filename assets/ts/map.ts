// A map at the top of a part of a page, that the list below it can do without.

import * as L from "leaflet";
import { drawTiles } from "./basemap";
import { drawOutline, getOutline, sourceOf } from "./outline";

/**
 * Fitted to the bounds. `nearest`: the last zoom where outlines alone are drawn. All that can fail comes before anything is put on
 * the page.
 */
export async function mapIn(root: HTMLElement, label: string, bounds: L.LatLngBounds, nearest: number): Promise<L.Map> {
  const outline = root.dataset.tiles ? null : await getOutline(root.dataset.outline ?? "");

  const frame = document.createElement("div");
  frame.className = "moot-map";
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", label);
  root.prepend(frame);
  if (outline) {
    const source = document.createElement("p");
    source.className = "moot-map__source";
    source.textContent = sourceOf(outline);
    root.append(source);
  }
  const map = L.map(frame, {
    minZoom: 7,
    maxZoom: outline ? nearest : 19,
    attributionControl: !outline,
    scrollWheelZoom: false,
  });
  // The wheel scrolls the page past a map that nobody has clicked on.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  map.fitBounds(bounds);
  frame.style.background = outline ? drawOutline(map, outline) : drawTiles(map, root.dataset);
  return map;
}
