// What reports look like on a map, at the desk and for everybody: a shape and a word for each look, and groups where they are too many.
// All of it is for the pointer. The list says the same to the keyboard and to screen readers.

import * as L from "leaflet";

/** Latitude, longitude, number or reference of the report, index of its kind and of its look. */
type Pin = [number, number, number | string, number, number];
/** Latitude, longitude and how many reports. */
type Group = [number, number, number];
export type Answer = {
  total: number;
  kinds: string[];
  pins: Pin[];
  /** In place of pins that are too many. */
  clusters: Group[];
};
export type Marks = { draw(answer: Answer): void; hide(hidden: boolean): void };

/** The name of its shape, its word, and how much it matters: of two pins the greater lies on top. */
type Look = [string, string, number];
/** In the order of their numbers in an answer. */
const DESK: Look[] = [
  ["open", "Open", 0],
  ["urgent", "Urgent", 1],
  ["overdue", "Overdue", 2],
  ["both", "Urgent and overdue", 3],
];
const PUBLIC: Look[] = [
  ["open", "Open", 2],
  ["fixed", "Fixed", 1],
  ["closed", "Closed", 0],
];

/** The looks a page asks for by name. */
export const looksOf = (name: string | undefined): Look[] => (name === "public" ? PUBLIC : DESK);
/** Pixels. A pin nearer than this to the one that was pressed lies under the same finger. */
const REACH = 22;
/** Pixels. Groups nearer than this would lie on each other: as wide as the widest. */
const ROOM = 64;
/** Pixels at the left and the top that the map's buttons take. */
const BUTTONS: [number, number] = [60, 12];
/** Zooms that a group is opened by: each side of what is seen becomes a quarter. */
const CLOSER = 2;

/** Pins on the map; `address` and a number open a report. */
export function marks(map: L.Map, address: string, looks: Look[]): Marks {
  map.getPane("markerPane").setAttribute("aria-hidden", "true");
  const layer = L.layerGroup().addTo(map);
  const icons = looks.map(([look]) => L.divIcon({ className: `moot-pin moot-pin--${look}`, iconSize: null }));
  const pixels = (a: Pin | Group, b: Pin | Group): number =>
    map.latLngToLayerPoint([a[0], a[1]]).distanceTo(map.latLngToLayerPoint([b[0], b[1]]));

  const drawPin = (pin: Pin, answer: Answer): void => {
    const [lat, lon, , , look] = pin;
    const marker = L.marker([lat, lon], { icon: icons[look], keyboard: false, zIndexOffset: looks[look][2] * 1000 });
    marker.on("click", () => {
      const under = answer.pins.filter((other) => other !== pin && pixels(pin, other) < REACH);
      under.sort((a, b) => pixels(pin, a) - pixels(pin, b));
      const inside = document.createElement("div");
      inside.append(...[pin, ...under].map((one) => wordsOf(one, answer.kinds, address, looks)));
      // It stays when the pins are drawn anew: to have room for it the map may move, and asks again.
      L.popup({
        className: "moot-pins__popup",
        offset: [0, -8],
        minWidth: 140,
        // What is left beside the buttons at 320 px.
        maxWidth: 180,
        maxHeight: 200,
        autoPanPaddingTopLeft: BUTTONS,
      })
        .setLatLng([lat, lon])
        .setContent(inside)
        .openOn(map);
    });
    layer.addLayer(marker);
  };

  /** The greater swallow the smaller that would lie on them. */
  const apart = (groups: Group[]): Group[] => {
    const kept: Group[] = [];
    for (const group of [...groups].sort((a, b) => b[2] - a[2])) {
      const greater = kept.find((other) => pixels(group, other) < ROOM);
      if (greater) greater[2] += group[2];
      else kept.push([...group]);
    }
    return kept;
  };
  const drawGroup = ([lat, lon, count]: Group): void => {
    const words = document.createElement("span");
    words.textContent = count.toLocaleString("en-GB");
    const figures = Math.min(String(count).length, 4);
    const icon = L.divIcon({ className: `moot-group moot-group--${figures}`, html: words, iconSize: null });
    const marker = L.marker([lat, lon], { icon, keyboard: false });
    marker.on("click", () => map.setView([lat, lon], map.getZoom() + CLOSER));
    layer.addLayer(marker);
  };

  return {
    draw(answer) {
      layer.clearLayers();
      if (answer.clusters.length > 0) map.closePopup();
      for (const pin of answer.pins) drawPin(pin, answer);
      apart(answer.clusters).forEach(drawGroup);
    },
    hide(hidden) {
      map.getPane("markerPane").hidden = hidden;
      map.closePopup();
    },
  };
}

function wordsOf([, , number, kind, look]: Pin, kinds: string[], address: string, looks: Look[]): HTMLElement {
  const one = document.createElement("p");
  one.className = "moot-pins__report";
  const name = document.createElement("strong");
  name.textContent = [kinds[kind], look ? looks[look][1].toLowerCase() : ""].filter(Boolean).join(", ");
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = `${address}/${number}`;
  link.textContent = "Open the report";
  one.append(name, " ", link);
  return one;
}

/** What each shape means. */
export function legend(looks: Look[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "moot-pins__legend";
  list.setAttribute("aria-label", "What the pins mean");
  for (const [look, words] of looks) {
    const line = document.createElement("li");
    const shape = document.createElement("span");
    shape.className = `moot-pin moot-pin--${look}`;
    shape.setAttribute("aria-hidden", "true");
    line.append(shape, words);
    list.append(line);
  }
  return list;
}
