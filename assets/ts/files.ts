// Improves a question for photos or files. The server writes, inside a form that posts files:
//
//   <div data-files="photos" data-most="10"><ol id="photos-files">…</ol> <input type="file" …> <button …>Upload</button></div>
//
// Files that are chosen are sent at once, one after the other, each with a bar that shows how far it is; what did not
// work is said under the input, and the rest goes on. Then the list is fetched anew. Without script the form's own
// buttons do the same.

import { lineUnder, type Say } from "./said";

/** How one file went: the words that say what was wrong, or none. */
type Sent = readonly string[];

const AWAY = "We could not send it. Check your connection, then choose the file again.";

export function files(page: Document): void {
  for (const root of page.querySelectorAll<HTMLElement>("[data-files]")) {
    const form = root.closest("form");
    const input = root.querySelector<HTMLInputElement>("input[type=file]");
    if (form && input) improve(root, form, input);
  }
}

function improve(root: HTMLElement, form: HTMLFormElement, input: HTMLInputElement): void {
  const say = lineUnder(root);
  const upload = root.querySelector<HTMLButtonElement>("button[name$='.add']");
  if (upload) upload.hidden = true;
  const others = [...form.querySelectorAll<HTMLButtonElement>("button[type=submit]")];
  input.addEventListener("change", async () => {
    const chosen = [...(input.files ?? [])];
    if (chosen.length === 0) return;
    input.disabled = true;
    for (const button of others) button.disabled = true;
    const wrong = await all(root, form, input.name, chosen, say);
    await renew(root);
    input.value = "";
    input.disabled = false;
    for (const button of others) button.disabled = false;
    const done = chosen.length - wrong.length;
    if (wrong.length > 0) say(wrong.join(" "), "wrong");
    else say(done === 1 ? "1 file is added." : `${done} files are added.`);
  });
}

/** Sends each; the words of those that did not go. */
async function all(root: HTMLElement, form: HTMLFormElement, name: string, chosen: File[], say: Say): Promise<string[]> {
  const wrong: string[] = [];
  const bar = root.ownerDocument.createElement("progress");
  bar.className = "moot-files__bar";
  bar.max = 1;
  root.append(bar);
  for (const [n, file] of chosen.entries()) {
    say(`Sending ${n + 1} of ${chosen.length}: ${file.name}`);
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
    request.addEventListener("error", () => done([AWAY]));
    request.addEventListener("timeout", () => done([AWAY]));
    request.addEventListener("load", () => done(said(request)));
    request.send(body);
  });
}

function said(request: XMLHttpRequest): Sent {
  try {
    const answer: unknown = JSON.parse(request.responseText);
    const errors = (answer as { errors?: unknown }).errors;
    if (Array.isArray(errors)) return errors.map((words) => `${String(words)}.`);
  } catch {
    // A page, not an answer: it says what is wrong to people, and this is not its place.
  }
  return request.status < 300 ? [] : ["We could not keep it. Try again in a few minutes."];
}

/** The list as the server has it now. */
async function renew(root: HTMLElement): Promise<void> {
  const list = root.querySelector("ol");
  if (!list) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(list.id);
    if (fresh) list.replaceWith(fresh);
  } catch {
    location.reload();
  }
}
