// Improves a place question that is already on the page. The server writes, inside the form, after its text field:
//
//   <div data-place="where" data-lat="where.lat" data-lon="where.lon" data-centre="51.3460,-2.9770" data-zoom="13"
//        data-tiles="/tiles/{z}/{x}/{y}" data-near="/places/near" data-attribution="Contains … data"></div>
//
// or, where no base map was imported, data-outline="/places/outline" data-around="51.288,-3.000,51.503,-2.594".
//
// data-lat, data-lon   names of two hidden inputs of the form; they are made when they are not there, as is where.how
// data-centre          where the map starts when there is no pin yet
// data-tiles           optional: the base map
// data-outline         optional: GeoJSON of the boundaries in force; without either there is only "Use my location"
// data-around          south, west, north, east of what an outline shows when there is no pin yet
// data-near            optional: GET ?lat=&lon= gives {"words": "…"}; without an answer the figures stand alone
//
// A place is given in one way: a pin empties the text field where.text, and typing there takes the pin away. On the
// server typed text would win, and the pin would be lost without a word.
//
// Nothing is sent until the visitor presses the form's own button. Without script the element stays empty.

import { locationButton } from "./location";
import { lineUnder, type Say } from "./said";

/** The address of the built pin picker beside this script. */
declare const PIN_SCRIPT: string;

export type Point = { lat: number; lon: number };

/** A place question: what its buttons and its map do to the form. */
export type Place = {
  readonly root: HTMLElement;
  readonly say: Say;
  readonly point: Point | null;
  /** Takes a point in the place of what was typed, and reads it back as text. */
  take(point: Point, how: "pin" | "device"): Promise<void>;
  /** Forgets the point, and says these words. */
  remove(words: string): void;
  whenTaken(tell: (point: Point | null) => void): void;
};

function placeOf(root: HTMLElement, form: HTMLFormElement): Place {
  const { place: id, lat: latName, lon: lonName } = root.dataset;
  const lat = input(form, latName ?? `${id}.lat`);
  const lon = input(form, lonName ?? `${id}.lon`);
  const how = input(form, `${id}.how`);
  const text = input(form, `${id}.text`);
  const listeners: ((point: Point | null) => void)[] = [];
  const query = (): string => `lat=${lat.value}&lon=${lon.value}`;
  const keep = (point: Point | null, given: string): void => {
    lat.value = point ? point.lat.toFixed(6) : "";
    lon.value = point ? point.lon.toFixed(6) : "";
    how.value = given;
    for (const tell of listeners) tell(point);
  };
  const place: Place = {
    root,
    say: lineUnder(root),
    get point() {
      return pointOf(lat.value, lon.value);
    },
    async take(point, given) {
      const end = text.value ? ". We use this, not what you typed." : ".";
      text.value = "";
      keep(point, given);
      const figures = `Pin at ${point.lat.toFixed(4)}, ${point.lon.toFixed(4)}`;
      place.say(figures + end);
      const asked = query();
      const words = await near(root.dataset.near, asked);
      // A later point may have been taken while this answer was on its way.
      if (words && query() === asked) place.say(`${figures} near ${words}${end}`);
    },
    remove(words) {
      keep(null, "");
      place.say(words);
    },
    whenTaken(tell) {
      listeners.push(tell);
    },
  };
  text.addEventListener("input", () => place.point && place.remove("Pin removed. We use what you type."));
  return place;
}

export function places(page: ParentNode): void {
  for (const root of page.querySelectorAll<HTMLElement>("[data-place]")) {
    const form = root.closest("form");
    if (!form) continue;
    const place = placeOf(root, form);
    const buttons = document.createElement("div");
    buttons.className = "moot-place__buttons";
    root.prepend(buttons);
    if ("geolocation" in navigator) buttons.append(locationButton(place));
    if (root.dataset.tiles || root.dataset.outline) buttons.append(mapButton(place, buttons));
  }
}

function mapButton(place: Place, buttons: HTMLElement): HTMLButtonElement {
  const button = plainButton("Show map");
  button.addEventListener("click", async () => {
    button.disabled = true;
    place.say("Getting the map.");
    try {
      const { showMap } = (await import(PIN_SCRIPT)) as typeof import("./pin");
      await showMap(place);
      button.remove();
      if (!buttons.children.length) buttons.remove();
    } catch {
      button.disabled = false;
      place.say("We cannot show the map now. Type the place above instead.", "wrong");
    }
  });
  return button;
}

export function plainButton(words: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = words;
  return button;
}

export function pointOf(lat: string | undefined, lon: string | undefined): Point | null {
  const point = { lat: Number(lat), lon: Number(lon) };
  return lat && lon && Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180 ? point : null;
}

/** The input of that name; where there is none, a hidden one is made. */
function input(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement) return found;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = name;
  form.append(made);
  return made;
}

async function near(address: string | undefined, query: string): Promise<string | null> {
  if (!address) return null;
  try {
    const answer = await fetch(`${address}?${query}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return null;
    const { words } = await answer.json();
    return typeof words === "string" && words ? words : null;
  } catch {
    return null;
  }
}
