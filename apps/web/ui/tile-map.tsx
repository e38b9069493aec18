import { Link } from "react-router";
import { type Band, bands } from "../../../kernel/indicator/rate-band.rules.ts";
import { useWords } from "./preferences.tsx";
import "./tile-map.css";
import { words } from "./ui.words.ts";

/** A place on the map of tiles: its name, its figure as printed, and the band the figure falls into. */
export interface Tile {
  readonly key: string;
  readonly name: string;
  readonly figure: string;
  readonly band: Band | null;
  readonly link?: string;
}

/**
 * Places as tiles coloured by their figure (方格地图): one of the same size for each, where there are no borders to draw. The
 * figure stands in the tile, so the colour only repeats it; the same figures belong in a table beside it.
 */
export function TileMap({
  title,
  tiles,
  note,
}: {
  readonly title: string;
  readonly tiles: readonly Tile[];
  readonly note?: string;
}) {
  const w = useWords(words).tiles;
  return (
    <section className="tile-map" aria-label={title}>
      <h2 className="chart-title">{title}</h2>
      <ul className="tiles">
        {tiles.map((one) => (
          <li key={one.key} data-band={one.band ?? "none"}>
            {one.link ? <Link to={one.link}>{one.name}</Link> : <span>{one.name}</span>}
            <strong>{one.figure}</strong>
          </li>
        ))}
      </ul>
      <ul className="tile-bands">
        {bands.map((band) => (
          <li key={band} data-band={band}>
            {w.bands[band]}
          </li>
        ))}
        <li data-band="none">{w.none}</li>
      </ul>
      {note && <p className="chart-note">{note}</p>}
    </section>
  );
}
