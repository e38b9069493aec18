import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { matchKey } from "../../../kernel/text/normalise.ts";
import type { Stated } from "../census.rules.ts";
import { type Alike, likeness } from "../people.rules.ts";
import type { Neighbour } from "./census.store.ts";
import type { PersonRow } from "./person.row.ts";

/** Somebody to compare others with. */
export interface Near extends Alike {
  readonly id: string;
  readonly home: string;
  readonly state: PersonRow["state"];
  /** Carries any number, doubtful or not. */
  readonly hasNumber: boolean;
}

/** A line as somebody to compare, under the id it would get. */
export function nearOf(stated: Stated, home: string, division: string, id: string): Near {
  return {
    id,
    home,
    state: "present",
    name: stated.name,
    nameKey: pinyinKey(stated.name),
    bornOn: stated.bornOn ?? null,
    bornText: stated.bornText ?? null,
    division,
    sex: stated.sex ?? null,
    numbered: stated.number !== undefined && stated.idFlag === null,
    hasNumber: stated.number !== undefined,
  };
}

/** A row as somebody to compare. */
export function nearRow(row: Neighbour | PersonRow): Near {
  return {
    id: row.id,
    home: row.home_code,
    state: row.state,
    name: row.name,
    nameKey: row.name_key,
    bornOn: row.born_on,
    bornText: row.born_text,
    division: row.division_code,
    sex: row.sex,
    numbered: row.id_kind !== "none" && row.id_flag === null,
    hasNumber: row.id_kind !== "none",
  };
}

const soundOf = (one: Pick<Near, "division" | "nameKey">) => `${one.division}|${one.nameKey}`;

/** People to compare with (相似候选), by sound in a village and by day of birth, so that nobody is compared with all. */
export class Neighbourhood {
  readonly byId = new Map<string, Near>();
  readonly #sounds = new Map<string, Near[]>();
  readonly #births = new Map<string, Near[]>();

  constructor(rows: readonly Neighbour[]) {
    for (const row of rows) if (!this.byId.has(row.id)) this.add(nearRow(row));
  }

  add(one: Near): void {
    this.byId.set(one.id, one);
    const put = (map: Map<string, Near[]>, key: string) => {
      const there = map.get(key);
      if (there) there.push(one);
      else map.set(key, [one]);
    };
    put(this.#sounds, soundOf(one));
    if (one.bornOn) put(this.#births, one.bornOn);
  }

  /** The one who has the same name, birth and village, where numbers do not say otherwise. */
  exact(self: Near, numbered: boolean): Near | undefined {
    return this.#sounds
      .get(soundOf(self))
      ?.find(
        (one) =>
          one.id !== self.id &&
          matchKey(one.name) === matchKey(self.name) &&
          one.bornOn === self.bornOn &&
          (one.bornOn !== null || one.bornText === self.bornText) &&
          !(numbered && one.hasNumber),
      );
  }

  /** Everybody who is likely the same person, the likeliest first. */
  alike(self: Near, threshold: number): { id: string; home: string; name: string; score: number }[] {
    const sound = this.#sounds.get(soundOf(self)) ?? [];
    const found: { id: string; home: string; name: string; score: number }[] = [];
    const compare = (one: Near) => {
      if (one.id === self.id || one.state === "deceased") return;
      const score = likeness(self, one);
      if (score >= threshold) found.push({ id: one.id, home: one.home, name: one.name, score });
    };
    for (const one of sound) compare(one);
    for (const one of self.bornOn ? (this.#births.get(self.bornOn) ?? []) : []) if (!sound.includes(one)) compare(one);
    return found.sort((a, b) => b.score - a.score).slice(0, 5);
  }
}
