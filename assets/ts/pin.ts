// The pin picker, loaded only when "Show map" is pressed.
// Everything it does can be done in the text field and the list above it.

import * as L from "leaflet";
import picture from "../images/pin.svg";
import { drawTiles } from "./basemap";
import { nudged, wayOf, type Way } from "./nudge";
import { drawOutline, getOutline, NEAREST, sourceOf } from "./outline";
import { plainButton, pointOf, type Place, type Point } from "./place";

declare const PIN_SHEET: string;

const WAYS: [Way, string][] = [
  ["north", "Move the pin up"],
  ["west", "Move the pin left"],
  ["east", "Move the pin right"],
  ["south", "Move the pin down"],
];
const ARROWS: Record<Way, string> = { north: "↑", west: "←", east: "→", south: "↓" };

/** Where a map begins that was told nothing. */
const SOMEWHERE: Point = { lat: 51.346, lon: -2.977 };

export async function showMap(place: Place): Promise<void> {
  const { root } = place;
  const sheet = styleSheet(new URL(PIN_SHEET, import.meta.url).href);
  // All that can fail comes before anything is put on the page.
  const outline = root.dataset.tiles ? null : await getOutline(root.dataset.outline ?? "");
  await sheet;

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
  if (outline) {
    const source = document.createElement("p");
    source.className = "moot-map__source";
    source.textContent = sourceOf(outline);
    root.append(source);
  }

  const map = L.map(frame, { keyboard: false, zoomControl: true, attributionControl: !outline });
  if (outline) {
    begin(map, place.point, root.dataset.around);
    frame.style.background = drawOutline(map, outline);
  } else {
    frame.style.background = drawTiles(map, root.dataset);
    const start = place.point ?? pointOf(...centre(root)) ?? SOMEWHERE;
    map.setView([start.lat, start.lon], place.point ? 16 : Number(root.dataset.zoom ?? 13));
  }
  map.setMaxZoom(outline ? NEAREST : 19).setMinZoom(7);

  const start = place.point ? [place.point.lat, place.point.lon] : map.getCenter();
  const pin = L.marker(start, {
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
  map.on("click", ({ latlng }: { latlng: { lat: number; lng: number } }) => {
    moveTo({ lat: latlng.lat, lon: latlng.lng });
    // An outline begins far away: what was tapped stays in sight when the map is made bigger.
    if (outline) map.panTo(latlng, { duration: 0.15 });
  });

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

/** An outline begins at the pin, with the places around it in sight; without one it shows the whole area. */
function begin(map: L.Map, point: Point | null, around: string | undefined): void {
  const [south, west, north, east] = (around ?? "").split(",").map(Number);
  if (point) map.setView([point.lat, point.lon], 14);
  // The outermost tenth may lie outside: towns have room for their names one zoom sooner.
  else if (Number.isFinite(east)) map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(-0.1));
  else map.setView([SOMEWHERE.lat, SOMEWHERE.lon], 10);
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
