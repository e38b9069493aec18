import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { eventNames } from "./events.words.ts";

const modules = new URL("../..", import.meta.url).pathname;

/** Events that the two rooms note about a person, read out of their sources. */
function noted(): string[] {
  const sources = ["people", "visiting-care"].flatMap((room) =>
    readdirSync(join(modules, room, "server"))
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => ({ room, text: readFileSync(join(modules, room, "server", name), "utf8") })),
  );
  // The name of the event, and whom the entry is about: `subjectOf` of the register, or a subject spelled out.
  const entry = /(?:tell\(ctx,|ctx\.journal\()([^,]+)(?:,\s*(subjectOf\(|\{ kind: "person",)|\)|, row)/g;
  const found = sources.flatMap(({ room, text }) =>
    [...text.matchAll(entry)].flatMap(([call, event = "", subject = ""]) =>
      call.startsWith("tell(") || subject.startsWith("{") || (subject !== "" && room === "people")
        ? [...event.matchAll(/(?<!=== )"([a-z.-]+)"/g)].map((name) => name[1] as string)
        : [],
    ),
  );
  return [...new Set(found)].sort();
}

it("has a name, in both languages, for every event of a person's history", () => {
  // One more is noted by the vault, about whoever's sealed field was opened.
  const events = [...noted(), "sealed-field.shown"].sort();
  for (const words of [eventNames.zh, eventNames.en]) expect(Object.keys(words).sort()).toEqual(events);
});
