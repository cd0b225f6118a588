// The pin picker, loaded only when "Show map" is pressed.
// Everything it does can be done in the text field and the list above it.

import * as L from "leaflet";
import { leafletLayer } from "protomaps-leaflet";
import picture from "../images/pin.svg";
import { labelRules, paintRules, SEA } from "./basemap";
import { nudged, wayOf, type Way } from "./nudge";
import { plainButton, pointOf, type Place, type Point } from "./place";

declare const PIN_SHEET: string;

const WAYS: [Way, string][] = [
  ["north", "Move the pin up"],
  ["west", "Move the pin left"],
  ["east", "Move the pin right"],
  ["south", "Move the pin down"],
];
const ARROWS: Record<Way, string> = { north: "↑", west: "←", east: "→", south: "↓" };

export async function showMap(place: Place): Promise<void> {
  await styleSheet(new URL(PIN_SHEET, import.meta.url).href);
  const { root } = place;
  const start = place.point ?? pointOf(...centre(root)) ?? { lat: 51.346, lon: -2.977 };

  const how = document.createElement("p");
  how.className = "govuk-body";
  how.id = `${root.dataset.place}-map-how`;
  how.textContent =
    "Move the pin: drag it, tap the map, or use the arrow keys or the arrow buttons. Plus and minus make the map bigger and smaller. Then choose “Put the pin here”.";
  const frame = document.createElement("div");
  frame.className = "moot-map";
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Map for placing the pin");
  frame.setAttribute("aria-describedby", how.id);
  root.append(how, frame);

  const map = L.map(frame, { keyboard: false, zoomControl: true, attributionControl: true });
  map.attributionControl.setPrefix(false);
  frame.style.background = SEA;
  // The layer is written for a Leaflet that is global.
  (globalThis as { L?: unknown }).L = L;
  leafletLayer({
    url: root.dataset.tiles,
    maxDataZoom: 14,
    attribution: root.dataset.attribution ?? "",
    paintRules,
    labelRules,
  }).addTo(map);
  map.setView([start.lat, start.lon], place.point ? 16 : Number(root.dataset.zoom ?? 13));
  map.setMaxZoom(19).setMinZoom(7);

  const pin = L.marker([start.lat, start.lon], {
    draggable: true,
    autoPan: true,
    alt: "Pin. Use the arrow keys to move it.",
    icon: L.icon({ iconUrl: picture, iconSize: [44, 56], iconAnchor: [22, 54] }),
  }).addTo(map);

  const at = (): Point => {
    const { lat, lng } = pin.getLatLng().wrap();
    return { lat, lon: lng };
  };
  const moveTo = (point: Point): void => {
    pin.setLatLng([point.lat, point.lon]);
    if (!map.getBounds().pad(-0.1).contains(pin.getLatLng())) map.panTo(pin.getLatLng());
  };
  map.on("click", ({ latlng }: { latlng: { lat: number; lng: number } }) => moveTo({ lat: latlng.lat, lon: latlng.lng }));

  frame.addEventListener("keydown", (event) => {
    const way = wayOf(event.key);
    if (way) moveTo(nudged(at(), way));
    else if (event.key === "+" || event.key === "=") map.zoomIn();
    else if (event.key === "-") map.zoomOut();
    else return;
    // Without this the arrow keys would scroll the page as well.
    event.preventDefault();
  });

  root.append(arrows((way) => moveTo(nudged(at(), way))), lastButtons(place, at));
  place.whenTaken((point) => point && moveTo(point));
  place.say("The map is ready.");
  pin.getElement()?.focus();
}

function arrows(move: (way: Way) => void): HTMLElement {
  const group = document.createElement("div");
  group.className = "moot-map__nudges";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Move the pin by 5 metres");
  for (const [way, words] of WAYS) {
    const button = plainButton(ARROWS[way]);
    button.dataset.nudge = way;
    button.setAttribute("aria-label", words);
    button.addEventListener("click", () => move(way));
    group.append(button);
  }
  return group;
}

function lastButtons(place: Place, at: () => Point): HTMLElement {
  const group = document.createElement("div");
  group.className = "moot-place__buttons";
  const put = plainButton("Put the pin here");
  put.addEventListener("click", () => place.take(at(), "pin"));
  const remove = plainButton("Remove the pin");
  remove.hidden = !place.point;
  remove.addEventListener("click", () => {
    // Focus first: a button that hides itself would drop it to the top of the page.
    put.focus();
    place.remove("Pin removed.");
  });
  place.whenTaken((point) => {
    remove.hidden = !point;
  });
  group.append(put, remove);
  return group;
}

function centre(root: HTMLElement): [string | undefined, string | undefined] {
  const [lat, lon] = (root.dataset.centre ?? "").split(",");
  return [lat, lon];
}

function styleSheet(address: string): Promise<void> {
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.addEventListener("load", () => done());
    link.addEventListener("error", failed);
    document.head.append(link);
  });
}
