// Loaded by pages that list things near a place to choose one from. The server writes:
//
//   <div class="moot-pins" data-choose="column.pick" data-here="51.35,-2.98" data-points="51.351,-2.981 51.352,-2.979"
//        data-outline="/places/outline"></div>
//
// or, with a base map, data-tiles and data-attribution in place of data-outline. The points stand in the order of the list's
// radio buttons. A button above the list fetches the map; without it, or where it does not come, the list stands alone.

import { plainButton } from "./place";
import { lineUnder } from "./said";

/** The address of the built map beside this script. */
declare const CHOOSER_SCRIPT: string;

for (const root of document.querySelectorAll<HTMLElement>("[data-choose]")) offer(root);

function offer(root: HTMLElement): void {
  const radio = document.querySelector(`input[type=radio][name="${CSS.escape(root.dataset.choose ?? "")}"]`);
  radio?.closest(".govuk-radios")?.before(root);
  const button = plainButton("Show these on a map");
  root.append(button);
  const say = lineUnder(root);
  button.addEventListener("click", async () => {
    button.disabled = true;
    say("Getting the map.");
    try {
      const { showChooser } = (await import(CHOOSER_SCRIPT)) as typeof import("./chooser");
      await showChooser(root);
      button.remove();
      say("Press a pin to choose it, or choose from the list.");
    } catch {
      button.disabled = false;
      say("We cannot show the map now. Choose from the list below.", "wrong");
    }
  });
}
