import type { Summary } from "./care.ts";

/** A door on the drawing, in units of a thousand across. */
export interface Dot {
  readonly person: Summary;
  readonly x: number;
  readonly y: number;
}

export interface Plot {
  readonly dots: readonly Dot[];
  /** A round length for the line of scale, in metres, and how long it is drawn. */
  readonly scaleMeters: number;
  readonly scaleWidth: number;
}

const METERS_PER_DEGREE = 111_320;
const INSIDE = 900;
const MARGIN = 50;

/** Places doors by their distance east and north of each other (相对位置图): good enough for a village, north is up. */
export function plotOf(people: Iterable<Summary>): Plot | null {
  const located = [...people].filter((one) => one.place !== null);
  if (located.length === 0) return null;
  const middle = located.reduce((sum, one) => sum + (one.place?.latitude ?? 0), 0) / located.length;
  const flat = located.map((person) => ({
    person,
    east: (person.place?.longitude ?? 0) * METERS_PER_DEGREE * Math.cos((middle * Math.PI) / 180),
    north: (person.place?.latitude ?? 0) * METERS_PER_DEGREE,
  }));
  const [west, east] = [Math.min(...flat.map((one) => one.east)), Math.max(...flat.map((one) => one.east))];
  const [south, north] = [Math.min(...flat.map((one) => one.north)), Math.max(...flat.map((one) => one.north))];
  const meters = Math.max(east - west, north - south, 100);
  const scale = INSIDE / meters;
  const half = { east: (east + west) / 2, north: (north + south) / 2 };
  const power = 10 ** Math.floor(Math.log10(meters / 3));
  return {
    dots: flat.map((one) => ({
      person: one.person,
      x: MARGIN + INSIDE / 2 + (one.east - half.east) * scale,
      y: MARGIN + INSIDE / 2 - (one.north - half.north) * scale,
    })),
    scaleMeters: power,
    scaleWidth: power * scale,
  };
}
