import { createHash } from "node:crypto";

/** `citizen.css` → `citizen-1a2b3c4d5e.css`: ten hexadecimal digits of the content's SHA-256. */
export function hashed(plain, bytes) {
  const mark = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  return plain.replace(/(\.[a-z0-9]+)$/, `-${mark}$1`);
}
