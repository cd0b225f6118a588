// Improves a place question that is already on the page. The server writes, inside the form, after its text field:
//
//   <div data-place="where" data-lat="where.lat" data-lon="where.lon" data-centre="51.3460,-2.9770" data-zoom="13"
//        data-tiles="/tiles/{z}/{x}/{y}" data-near="/places/near" data-attribution="Contains … data"></div>
//
// data-lat, data-lon   names of two hidden inputs of the form; they are made when they are not there
// data-centre          where the map starts when there is no pin yet
// data-tiles           optional: without it there is no map, only "Use my location"
// data-near            optional: GET ?lat=&lon= gives {"words": "…"}; without an answer the figures stand alone
//
// Nothing is sent until the visitor presses the form's own button. Without script the element stays empty.

import { locationButton } from "./location";
import { Said } from "./said";

/** The address of the built pin picker beside this script. */
declare const PIN_SCRIPT: string;

export type Point = { lat: number; lon: number };

export class Place {
  readonly said: Said;
  private readonly lat: HTMLInputElement;
  private readonly lon: HTMLInputElement;
  private readonly listeners: ((point: Point | null) => void)[] = [];

  constructor(readonly root: HTMLElement, form: HTMLFormElement) {
    this.lat = hidden(form, root.dataset.lat ?? `${root.dataset.place}.lat`);
    this.lon = hidden(form, root.dataset.lon ?? `${root.dataset.place}.lon`);
    this.said = new Said(root);
  }

  get point(): Point | null {
    return pointOf(this.lat.value, this.lon.value);
  }

  /** Takes a point, or forgets it, and reads it back as text. */
  async take(point: Point | null): Promise<void> {
    this.lat.value = point ? point.lat.toFixed(6) : "";
    this.lon.value = point ? point.lon.toFixed(6) : "";
    for (const tell of this.listeners) tell(point);
    if (!point) return this.said.tell("Pin removed.");
    const figures = `Pin at ${point.lat.toFixed(4)}, ${point.lon.toFixed(4)}`;
    this.said.tell(`${figures}.`);
    const words = await near(this.root.dataset.near, point);
    // A later point may have been taken while this answer was on its way.
    if (words && this.lat.value === point.lat.toFixed(6) && this.lon.value === point.lon.toFixed(6)) {
      this.said.tell(`${figures} near ${words}.`);
    }
  }

  whenTaken(tell: (point: Point | null) => void): void {
    this.listeners.push(tell);
  }
}

export function places(page: ParentNode): void {
  for (const root of page.querySelectorAll<HTMLElement>("[data-place]")) {
    const form = root.closest("form");
    if (!form) continue;
    const place = new Place(root, form);
    const buttons = document.createElement("div");
    buttons.className = "moot-place__buttons";
    root.prepend(buttons);
    if ("geolocation" in navigator) buttons.append(locationButton(place));
    if (root.dataset.tiles) buttons.append(mapButton(place, buttons));
  }
}

function mapButton(place: Place, buttons: HTMLElement): HTMLButtonElement {
  const button = plainButton("Show map");
  button.addEventListener("click", async () => {
    button.disabled = true;
    place.said.tell("Getting the map.");
    try {
      const { showMap } = (await import(PIN_SCRIPT)) as typeof import("./pin");
      await showMap(place);
      button.remove();
      if (!buttons.children.length) buttons.remove();
    } catch {
      button.disabled = false;
      place.said.wrong("We cannot show the map now. Type the place above instead.");
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
  if (!lat?.trim() || !lon?.trim()) return null;
  const point = { lat: Number(lat), lon: Number(lon) };
  return Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180 ? point : null;
}

function hidden(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement) return found;
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  form.append(input);
  return input;
}

async function near(address: string | undefined, point: Point): Promise<string | null> {
  if (!address) return null;
  try {
    const answer = await fetch(`${address}?lat=${point.lat.toFixed(6)}&lon=${point.lon.toFixed(6)}`, {
      headers: { accept: "application/json" },
    });
    if (!answer.ok) return null;
    const { words } = await answer.json();
    return typeof words === "string" && words ? words : null;
  } catch {
    return null;
  }
}
