// Improves a form for photos or files. The server writes, inside a form that posts files:
//
//   <div data-files="photos"><ol>…</ol> <input type="file" …> <button name="photos.add" …>Upload</button></div>
//
// Files go one after the other, each with a bar that shows how far it is; what did not work is said under the input, and
// the rest goes on. Then the inside of the div is fetched anew. They go at once where the button has a name, since what
// was added can be removed there; where it has none they wait until it is pressed, as it cannot be undone. Without script
// the form's own buttons do the same.

import { lineUnder, type Say } from "./said";

/** How one file went: the words that say what was wrong, or none. */
type Sent = readonly string[];

const AWAY = "Check your connection, then choose it again.";

export function files(page: Document): void {
  for (const root of page.querySelectorAll<HTMLElement>("[data-files]")) {
    const form = root.closest("form");
    if (form) improve(root, form);
  }
}

function improve(root: HTMLElement, form: HTMLFormElement): void {
  // Beside the div, so that it stays when the inside is fetched anew.
  const beside = root.ownerDocument.createElement("div");
  beside.className = "moot-files__said";
  root.after(beside);
  const say = lineUnder(beside);
  let busy = false;

  const go = async (input: HTMLInputElement): Promise<void> => {
    const chosen = [...(input.files ?? [])];
    if (chosen.length === 0 || busy) return;
    busy = true;
    const held = [...form.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input[type=file]")];
    for (const one of held) one.disabled = true;
    const wrong = await all(beside, form, input.name, chosen, say);
    await renew(root, form);
    for (const one of held) one.disabled = false;
    busy = false;
    prepare();
    // What had the focus was held or is gone.
    (inputOf(root) ?? form.querySelector<HTMLElement>("button:not([name]):not([tabindex])"))?.focus();
    const done = added(chosen.length - wrong.length, input.accept === "image/*" ? "photo" : "file");
    if (wrong.length > 0) say([...done, ...wrong].join("\n\n"), "wrong");
    else say(done.join(""));
  };

  const prepare = (): void => {
    const upload = root.querySelector<HTMLButtonElement>("button[name$='.add']");
    if (!upload) return;
    upload.hidden = true;
    const input = inputOf(root);
    input?.addEventListener("change", () => void go(input));
  };

  prepare();
  // Chosen before this script was there.
  const early = inputOf(root);
  if (early && root.querySelector("button[name$='.add']")) void go(early);
  form.addEventListener("submit", (event) => {
    const input = inputOf(root);
    if (busy) event.preventDefault();
    else if (input?.files?.length && !root.querySelector("button[name$='.add']")) {
      event.preventDefault();
      void go(input);
    }
  });
}

const inputOf = (root: HTMLElement): HTMLInputElement | null => root.querySelector("input[type=file]");

const added = (n: number, what: string): string[] => (n > 0 ? [n === 1 ? `1 ${what} added.` : `${n} ${what}s added.`] : []);

/** Sends each; the words of those that did not go. */
async function all(beside: HTMLElement, form: HTMLFormElement, name: string, chosen: File[], say: Say): Promise<string[]> {
  const wrong: string[] = [];
  const bar = beside.ownerDocument.createElement("progress");
  bar.className = "moot-files__bar";
  bar.setAttribute("aria-label", "How much is sent");
  bar.max = 1;
  beside.append(bar);
  for (const [n, file] of chosen.entries()) {
    say(chosen.length === 1 ? `Sending ${file.name}` : `Sending ${n + 1} of ${chosen.length}: ${file.name}`);
    bar.value = 0;
    wrong.push(...(await send(form, name, file, (part) => (bar.value = part))));
  }
  bar.remove();
  return wrong;
}

function send(form: HTMLFormElement, name: string, file: File, tell: (part: number) => void): Promise<Sent> {
  const body = new FormData();
  for (const field of form.querySelectorAll<HTMLInputElement>("input[type=hidden]")) body.append(field.name, field.value);
  body.append(name, file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total }) => tell(total > 0 ? loaded / total : 0));
  return new Promise((done) => {
    const away = (): void => done([`We could not send “${file.name}”. ${AWAY}`]);
    request.addEventListener("error", away);
    request.addEventListener("timeout", away);
    request.addEventListener("load", () => done(said(request, file)));
    request.send(body);
  });
}

function said(request: XMLHttpRequest, file: File): Sent {
  try {
    const answer: unknown = JSON.parse(request.responseText);
    const errors = (answer as { errors?: unknown }).errors;
    if (Array.isArray(errors)) return errors.map((words) => `${String(words)}.`);
  } catch {
    // A page, not an answer: it says what is wrong to people, and this is not its place.
  }
  return request.status < 300 ? [] : [`We could not keep “${file.name}”. Try again in a few minutes.`];
}

/** The inside as the server has it now. The form's address shows the page it is on, also after a post. */
async function renew(root: HTMLElement, form: HTMLFormElement): Promise<void> {
  try {
    const answer = await fetch(form.action, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`[data-files="${root.dataset.files}"]`);
    if (fresh) root.replaceChildren(...fresh.childNodes);
  } catch {
    // The connection went: what is on the page stays, and the next page shows what was kept.
  }
}
