import type { Point } from "./place";

export type Way = "north" | "south" | "east" | "west";

/** Metres the pin moves on one press. */
export const STEP = 5;

// One degree of latitude in metres, by the mean radius of the earth (6,371,009 m).
const DEGREE = (6_371_009 * Math.PI) / 180;

/** The point STEP metres away. Good to a few millimetres anywhere people live. */
export function nudged({ lat, lon }: Point, way: Way): Point {
  const north = way === "north" ? STEP : way === "south" ? -STEP : 0;
  const east = way === "east" ? STEP : way === "west" ? -STEP : 0;
  const shrink = Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  return { lat: lat + north / DEGREE, lon: lon + east / (DEGREE * shrink) };
}

const KEYS: Record<string, Way> = { ArrowUp: "north", ArrowDown: "south", ArrowRight: "east", ArrowLeft: "west" };

export function wayOf(key: string): Way | null {
  return KEYS[key] ?? null;
}
