// Lets staff draw what to black out on a picture. The server writes:
//
//   <figure data-black="black-patches"><img …></figure> … <div id="black-patches" data-most="20"></div> in the form
//
// It is drawn on while the panel around the div is open: until then a finger scrolls past the picture. Each rectangle
// becomes a hidden field `patch`: left, top, width and height in thousandths of the picture's sides. With rectangles
// drawn, the fields for per cents are not needed and go. Without script those fields remain.

type Box = { left: number; top: number; width: number; height: number };

/** Smaller than this many thousandths is a slip of the finger. */
const LEAST = 5;

export function black(page: Document): void {
  for (const figure of page.querySelectorAll<HTMLElement>("[data-black]")) {
    const into = page.getElementById(figure.dataset.black ?? "");
    const picture = figure.querySelector("img");
    if (into && picture) drawOn(figure, picture, into);
  }
}

function drawOn(figure: HTMLElement, picture: HTMLImageElement, into: HTMLElement): void {
  const page = figure.ownerDocument;
  const most = Number(into.dataset.most ?? "20");
  const numbers = into.parentElement?.querySelector<HTMLElement>(".moot-black__numbers");
  const panel = into.closest("details");
  const words = page.createElement("p");
  words.className = "govuk-body";
  words.setAttribute("role", "status");
  const undo = page.createElement("button");
  undo.type = "button";
  undo.className = "govuk-button govuk-button--secondary";
  undo.textContent = "Take back the last one";
  undo.hidden = true;
  into.append(words, undo);
  const drawn: HTMLElement[] = [];

  const show = (): void => {
    undo.hidden = drawn.length === 0;
    if (numbers) numbers.hidden = drawn.length > 0;
    words.textContent = drawn.length === 0
      ? "Draw on the picture with a finger or the mouse, or fill in the numbers."
      : drawn.length === 1 ? "1 part will be black." : `${drawn.length} parts will be black.`;
  };
  show();
  undo.addEventListener("click", () => {
    drawn.pop()?.remove();
    into.querySelector("input:last-of-type")?.remove();
    show();
  });

  let start: { x: number; y: number } | null = null;
  let shade: HTMLElement | null = null;
  const at = (event: PointerEvent): { x: number; y: number } => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    const inside = (n: number): number => Math.min(1000, Math.max(0, Math.round(n * 1000)));
    return { x: inside((event.clientX - left) / width), y: inside((event.clientY - top) / height) };
  };
  const box = (from: { x: number; y: number }, to: { x: number; y: number }): Box => ({
    left: Math.min(from.x, to.x, 999),
    top: Math.min(from.y, to.y, 999),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  });
  const place = (element: HTMLElement, of: Box): void => {
    element.style.left = `${of.left / 10}%`;
    element.style.top = `${of.top / 10}%`;
    element.style.width = `${of.width / 10}%`;
    element.style.height = `${of.height / 10}%`;
  };

  const isOn = (): boolean => panel?.open ?? true;
  const ready = (): void => void figure.classList.toggle("moot-picture--drawn", isOn());
  ready();
  panel?.addEventListener("toggle", ready);
  // A mouse would drag the picture away.
  picture.draggable = false;
  figure.addEventListener("pointerdown", (event) => {
    if (!isOn() || drawn.length >= most || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    start = at(event);
    shade = page.createElement("span");
    shade.className = "moot-picture__shade";
    figure.append(shade);
    figure.setPointerCapture(event.pointerId);
  });
  figure.addEventListener("pointermove", (event) => {
    if (start && shade) place(shade, box(start, at(event)));
  });
  figure.addEventListener("pointerup", (event) => {
    if (!start || !shade) return;
    const found = box(start, at(event));
    start = null;
    if (found.width < LEAST || found.height < LEAST) {
      shade.remove();
      shade = null;
      return;
    }
    place(shade, found);
    drawn.push(shade);
    shade = null;
    const field = page.createElement("input");
    field.type = "hidden";
    field.name = "patch";
    field.value = [found.left, found.top, found.width, found.height].join(",");
    into.append(field);
    show();
  });
  figure.addEventListener("pointercancel", () => {
    shade?.remove();
    shade = null;
    start = null;
  });
}
