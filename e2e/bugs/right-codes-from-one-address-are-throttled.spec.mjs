import { expect, test } from "../fixtures/house.mjs";
import { flyTip } from "../fixtures/journey.mjs";

// A library or a phone network shows many people as one address. Only wrong tries may count against it.
test("thirty people at one address open their reports with the right code", async ({ page, request, baseURL }) => {
  const { reference, code } = await (await flyTip(page)).send();
  const headers = { origin: new URL(baseURL).origin, "x-forwarded-for": "2001:db8:1ea0::1" };
  for (let n = 0; n < 30; n += 1) {
    const answer = await request.post("/track", { form: { reference, code }, headers, maxRedirects: 0 });
    expect(answer.status(), `person ${n + 1}`).toBe(303);
  }
});
