import { plainButton, type Place } from "./place";

// The codes of GeolocationPositionError: 1 refused, 2 not found, 3 took too long.
const WRONG: Record<number, string> = {
  1: "Your browser does not let us see where you are. Type the place above instead.",
  2: "We cannot find where you are. Type the place above instead.",
  3: "That took too long. Try again, or type the place above.",
};

/** "Use my location": asks the browser once, on tap. It fills in the point; only the visitor's own button sends it. */
export function locationButton(place: Place): HTMLButtonElement {
  const button = plainButton("Use my location");
  button.addEventListener("click", () => {
    button.disabled = true;
    place.say("Finding where you are.");
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        button.disabled = false;
        await place.take({ lat: coords.latitude, lon: coords.longitude }, "device");
      },
      ({ code }) => {
        button.disabled = false;
        place.say(WRONG[code] ?? WRONG[2], "wrong");
      },
      // 15 s: a phone's first fix indoors; a minute-old fix is as good for a street.
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
  return button;
}
