// The map of a list of things near a place, loaded only when it is asked for. Who presses a pin chooses what it stands for, and who
// chooses sees its pin. All of it is for the pointer: the list says how far each is and in which direction.

import * as L from "leaflet";
import picture from "../images/pin.svg";
import { mapIn } from "./map";

/** Degrees around the points, so that none lies under the edge: about 20 metres. */
const EDGE = 0.0002;
/** Nearer than an outline is true to: here pins are looked at beside each other, not beside its lines. */
const NEAREST = 18;
const LOOKS = ["open", "both"].map((look) => `moot-pin moot-pin--${look}`);

/** Fails where nothing can be drawn, and has changed nothing then. */
export async function showChooser(root: HTMLElement): Promise<void> {
  const { choose: name = "", points = "", here = "" } = root.dataset;
  const radios = [...document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(name)}"]`)];
  const pair = (text: string): [number, number] => text.split(",").map(Number) as [number, number];
  const at = points.split(" ").filter(Boolean).map(pair);
  const all = [...at, pair(here)];
  const [lats, lons] = [all.map(([lat]) => lat), all.map(([, lon]) => lon)];
  const bounds = L.latLngBounds(
    [Math.min(...lats) - EDGE, Math.min(...lons) - EDGE],
    [Math.max(...lats) + EDGE, Math.max(...lons) + EDGE],
  );
  const map = await mapIn(root, "Map of the list below", bounds, NEAREST);
  map.getPane("markerPane").setAttribute("aria-hidden", "true");
  L.marker(pair(here), {
    icon: L.icon({ iconUrl: picture, iconSize: [33, 42], iconAnchor: [16, 40] }),
    interactive: false,
    keyboard: false,
  }).addTo(map);
  const pins = at.map((point, n) => {
    const pin = L.marker(point, { icon: L.divIcon({ className: LOOKS[0], iconSize: null }), keyboard: false }).addTo(map);
    pin.on("click", () => radios[n]?.click());
    return pin;
  });
  const mark = (): void =>
    pins.forEach((pin, n) => {
      const chosen = radios[n]?.checked ?? false;
      const element = pin.getElement();
      LOOKS.forEach((look, of) => element?.classList.toggle(look.split(" ")[1], chosen === (of === 1)));
      pin.setZIndexOffset(chosen ? 1000 : 0);
    });
  for (const radio of radios) radio.addEventListener("change", mark);
  mark();
}
