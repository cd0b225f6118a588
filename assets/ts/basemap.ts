// How our own tiles are drawn: land, districts, wards, street names and postcodes as points with a name.
// Labels use the device's own fonts.

import * as L from "leaflet";
import {
  CenteredTextSymbolizer,
  CircleSymbolizer,
  leafletLayer,
  LineSymbolizer,
  OffsetTextSymbolizer,
  PolygonSymbolizer,
} from "protomaps-leaflet";

const FONT = "arial, sans-serif";

export const SEA = "#d5e6ec";

/** Adds the base map; gives the colour of what has no tile. */
export function drawTiles(map: L.Map, { tiles, attribution }: DOMStringMap): string {
  map.attributionControl.setPrefix(false);
  // The layer is written for a Leaflet that is global.
  (globalThis as { L?: unknown }).L = L;
  leafletLayer({ url: tiles, maxDataZoom: 14, attribution: attribution ?? "", paintRules, labelRules }).addTo(map);
  return SEA;
}

const paintRules = [
  { dataLayer: "land", symbolizer: new PolygonSymbolizer({ fill: "#f7f5ef" }) },
  { dataLayer: "lsoa", minzoom: 14, symbolizer: new LineSymbolizer({ color: "#e3dfd3", width: 1 }) },
  { dataLayer: "wards", minzoom: 11, symbolizer: new LineSymbolizer({ color: "#b9b29d", width: 1, dash: [4, 3] }) },
  { dataLayer: "lad", symbolizer: new LineSymbolizer({ color: "#0b4f57", width: 2 }) },
  { dataLayer: "streets", minzoom: 14, symbolizer: new CircleSymbolizer({ radius: 2.5, fill: "#5c574a" }) },
  { dataLayer: "postcodes", minzoom: 16, symbolizer: new CircleSymbolizer({ radius: 1.5, fill: "#0b4f57" }) },
];

const labelRules = [
  {
    dataLayer: "lad",
    maxzoom: 11,
    symbolizer: new CenteredTextSymbolizer({
      labelProps: ["NAME"],
      fill: "#0b4f57",
      stroke: "#ffffff",
      width: 2,
      font: `700 14px ${FONT}`,
    }),
  },
  {
    dataLayer: "wards",
    minzoom: 12,
    maxzoom: 14,
    symbolizer: new CenteredTextSymbolizer({
      labelProps: ["WD13NM"],
      fill: "#4a4534",
      stroke: "#ffffff",
      width: 2,
      font: `700 13px ${FONT}`,
    }),
  },
  {
    dataLayer: "streets",
    minzoom: 14,
    symbolizer: new OffsetTextSymbolizer({
      labelProps: ["name"],
      offsetX: 6,
      offsetY: 4,
      fill: "#1b1b1b",
      stroke: "#ffffff",
      width: 2,
      font: `13px ${FONT}`,
    }),
  },
  {
    dataLayer: "postcodes",
    minzoom: 16,
    symbolizer: new OffsetTextSymbolizer({
      labelProps: ["pc"],
      offsetX: 5,
      offsetY: 4,
      fill: "#0b4f57",
      stroke: "#ffffff",
      width: 2,
      font: `11px ${FONT}`,
    }),
  },
];
