// wait-ready.mjs URL PID: ends well when URL answers 200; ends badly when the process is gone or after 60 seconds.
const [url, pid] = process.argv.slice(2);
const end = Date.now() + 60_000;
const alive = () => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};
let last = "no answer";
while (Date.now() < end && alive()) {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    if (status === 200) process.exit(0);
    last = `status ${status}`;
  } catch (error) {
    last = error.cause?.code ?? error.message;
  }
  await new Promise((next) => setTimeout(next, 100));
}
console.error(`${url}: ${last}; the process ${alive() ? "still runs" : "has ended"}`);
process.exit(1);
