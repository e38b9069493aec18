import { useMemo } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words } from "../care.words.ts";
import { words as frame } from "../field.words.ts";
import { useApp, useView } from "../parts/context.tsx";
import { Screen } from "../parts/frame.tsx";
import { plotOf } from "../plot.rules.ts";

/** Names are written only while they can still be read. */
const NAMED = 40;
const DRAWN = 500;

/** Where people live relative to each other (位置图). */
export function MapScreen() {
  const w = useWords(words).map;
  const f = useWords(frame);
  const app = useApp();
  const view = useView();
  const people = app.phone.opened?.lists.people;
  const plot = useMemo(() => {
    void view.version;
    return plotOf(people?.values() ?? []);
  }, [people, view]);
  return (
    <Screen title={f.pages.map} back="settings">
      <p>{plot ? w.help : w.none}</p>
      {plot && (
        <>
          <p>{w.located({ located: plot.dots.length, all: people?.size ?? 0 })}</p>
          <svg className="plot" viewBox="0 0 1000 1040" role="img" aria-label={w.label}>
            <title>{w.label}</title>
            {plot.dots.slice(0, DRAWN).map(({ person, x, y }) => (
              <g key={person.personId}>
                <circle cx={x} cy={y} r={16} fill="var(--accent)" />
                {plot.dots.length <= NAMED && (
                  <text x={x} y={y - 24} textAnchor="middle" fontSize={34} fill="var(--ink)">
                    {person.name}
                  </text>
                )}
              </g>
            ))}
            <line x1={50} x2={50 + plot.scaleWidth} y1={1015} y2={1015} stroke="var(--ink)" strokeWidth={6} />
          </svg>
          <p className="soft">{w.scale({ meters: plot.scaleMeters })}</p>
          <ul className="stack">
            {plot.dots.slice(0, NAMED).map(({ person }) => (
              <li key={person.personId}>
                <a className="button" data-kind="quiet" href={`#/person/${person.personId}`}>
                  {person.name}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Screen>
  );
}
