import { Radios } from "govuk-frontend";

type Sync = { syncConditionalRevealWithInputState(input: HTMLInputElement): void };

/**
 * Radios that reveal a field get `aria-expanded`, which ARIA does not allow on a radio button (axe: aria-allowed-attr).
 * The field follows its radio in reading order, so the attribute is taken away again each time.
 */
export function allowedRadios(): void {
  const radios = Radios.prototype as unknown as Sync;
  const sync = radios.syncConditionalRevealWithInputState;
  radios.syncConditionalRevealWithInputState = function (this: Sync, input) {
    sync.call(this, input);
    input.removeAttribute("aria-expanded");
  };
}
