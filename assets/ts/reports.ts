// Puts a map above a list of reports, at the desk or for everybody. The server writes:
//
//   <div class="moot-pins" data-pins="/staff/pins" data-page="/staff/map" data-query="view=mine"
//        data-box="51.32,-3.00,51.37,-2.90" data-outline="/places/outline"></div>
//   <section id="in-view" aria-labelledby="in-view-title">the list of the same box</section>
//
// or, with a base map, data-tiles="/tiles/{z}/{x}/{y}" data-attribution="Contains … data" in place of data-outline.
//
// data-pins    GET ?QUERY&box=south,west,north,east gives pins, or groups where they are too many; /NUMBER opens one
// data-page    the page itself, under the same query and box: its #in-view is the list
// data-looks   "public": pins are open, fixed or closed; without it they are as at the desk
// data-query   what both are asked for beside the box; may be empty
//
// Map and list are two views of one query: a new box changes both, or neither if one of them does not come. Without
// script the div stays empty and the list stands alone.

import * as L from "leaflet";
import { mapIn } from "./map";
import { legend, looksOf, marks, type Answer } from "./marks";
import { NEAREST } from "./outline";
import { plainButton } from "./place";
import { lineUnder } from "./said";

/** Milliseconds without a move before the box is asked for: a swipe or a few steps of the zoom are one move. */
const QUIET = 250;
/** Parts of a degree that a box is given in: about a metre. */
const PARTS = 100_000;

const NO_MAP = "We cannot show the map now. The list below has all reports.";
const NO_ANSWER = "We cannot show the reports of this view now. Move the map to try again.";

export function reports(page: Document): void {
  for (const root of page.querySelectorAll<HTMLElement>("[data-pins]")) void show(root);
}

async function show(root: HTMLElement): Promise<void> {
  const { pins: address = "", page = "", query = "", box = "" } = root.dataset;
  const say = lineUnder(root);
  let map: L.Map;
  try {
    const [south, west, north, east] = box.split(",").map(Number);
    const bounds = L.latLngBounds([south, west], [north, east]);
    map = await mapIn(root, "Map of the reports listed below", bounds, NEAREST);
  } catch {
    say(NO_MAP, "wrong");
    return;
  }
  const looks = looksOf(root.dataset.looks);
  const drawn = marks(map, address, looks);
  let answer: Answer | null = null;
  let hidden = false;
  let asked: AbortController | null = null;

  const ask = async (box: string, moved: boolean): Promise<void> => {
    const { signal } = (asked = new AbortController());
    const asking = [query, `box=${box}`].filter(Boolean).join("&");
    try {
      const [found, list] = await Promise.all([
        get(`${address}?${asking}`, "application/json", signal).then((answer) => answer.json() as Promise<Answer>),
        moved ? listOf(`${page}?${asking}`, signal) : null,
      ]);
      if (signal.aborted) return;
      drawn.draw(found);
      if (list) {
        root.ownerDocument.getElementById("in-view")?.replaceChildren(...list);
        // Opened again, from the history or a bookmark, it shows this view.
        history.replaceState(history.state, "", `${page}?${asking}`);
        carry(root.ownerDocument, box);
      }
      answer = found;
      say(counted(found, hidden));
    } catch {
      if (signal.aborted) return;
      answer = null;
      say(NO_ANSWER, "wrong");
    }
  };

  const hide = plainButton("Hide pins");
  hide.addEventListener("click", () => {
    hidden = !hidden;
    drawn.hide(hidden);
    hide.textContent = hidden ? "Show pins" : "Hide pins";
    if (answer) say(counted(answer, hidden));
  });
  const foot = document.createElement("div");
  foot.className = "moot-pins__foot";
  foot.append(legend(looks), hide);
  map.getContainer().after(foot);

  let waiting = 0;
  map.on("moveend", () => {
    // What was asked for is of no use any more, however soon it comes.
    asked?.abort();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask(boxOf(map.getBounds()), true), QUIET);
  });
  await ask(box, false);
}

/** South, west, north and east, rounded inward: opened again, the box fits at the same zoom. */
function boxOf(bounds: L.LatLngBounds): string {
  const up = (n: number): number => Math.ceil(n * PARTS) / PARTS;
  const down = (n: number): number => Math.floor(n * PARTS) / PARTS;
  return [up(bounds.getSouth()), up(bounds.getWest()), down(bounds.getNorth()), down(bounds.getEast())].join(",");
}

/** An answer of ours. Who was signed out meanwhile is sent to another page, which is none. */
async function get(address: string, accept: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(address, { headers: { accept }, redirect: "error", signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

async function listOf(address: string, signal: AbortSignal): Promise<ChildNode[]> {
  const answer = await get(address, "text/html", signal);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.getElementById("in-view");
  if (!list) throw new Error("a page without the list");
  return [...list.childNodes];
}

/** A filter and a view of the page open the box that is seen now. Links to other places keep theirs. */
function carry(page: Document, box: string): void {
  for (const field of page.querySelectorAll<HTMLInputElement>("input[type=hidden][name=box]")) field.value = box;
  for (const view of page.querySelectorAll<HTMLAnchorElement>(".moot-views a")) {
    view.href = view.href.replace(/\bbox=[^&]*/, `box=${box}`);
  }
}

function counted({ total, clusters }: Answer, hidden: boolean): string {
  if (total === 0) return "No reports in this view.";
  const all = total === 1 ? "1 report" : `${total.toLocaleString("en-GB")} reports`;
  if (hidden) return `${all} in this view. The pins are hidden.`;
  if (clusters.length > 0) return `${all} in this view, shown in groups. Move closer to see each.`;
  return `${all} on the map.`;
}
