import { useState } from "react";
import { personNames } from "../../../../modules/people/names.words.ts";
import { careNames } from "../../../../modules/visiting-care/names.words.ts";
import { useWords } from "../../ui/preferences.tsx";
import type { Acts } from "../acts.ts";
import type { Category, Living, Risk, Sex } from "../care.ts";
import { words } from "../care.words.ts";
import { isCitizenNumber } from "../citizen-number.rules.ts";
import { words as frame } from "../field.words.ts";
import { newId } from "../ids.ts";
import { useApp, useView } from "../parts/context.tsx";
import { Choice, Field, Several } from "../parts/controls.tsx";
import { useDraft } from "../parts/draft.ts";
import { Screen } from "../parts/frame.tsx";
import { Full } from "./other-acts.tsx";

interface Draft {
  readonly name: string;
  /** A division code of the list, or "other". */
  readonly village: string;
  readonly villageName: string;
  readonly idNumber: string;
  readonly sex: Sex | null;
  readonly bornOn: string;
  readonly address: string;
  readonly phone: string;
  readonly living: Living | null;
  readonly categories: readonly Category[];
  readonly contactName: string;
  readonly contactRelation: string;
  readonly contactPhone: string;
  readonly propose: "yes" | "no";
  readonly risk: Risk;
  readonly reason: string;
}

const empty: Draft = {
  name: "",
  village: "",
  villageName: "",
  idNumber: "",
  sex: null,
  bornOn: "",
  address: "",
  phone: "",
  living: null,
  categories: [],
  contactName: "",
  contactRelation: "",
  contactPhone: "",
  propose: "yes",
  risk: "general",
  reason: "",
};

const DRAFT = "census";
const categoryCodes: readonly Category[] = [
  "living_alone",
  "empty_nest",
  "left_behind",
  "disabled_self_care",
  "severely_disabled",
  "family_planning_special",
  "dibao",
  "extreme_poverty",
  "oldest_old",
];
const livings: readonly Living[] = ["alone", "with_spouse", "with_children", "with_others"];

/** The census entry of a draft; what was left empty is left out. */
function inputOf(draft: Draft, id: string, today: string): Acts["people.record-census"] {
  const filled = (["idNumber", "bornOn", "address", "phone", "contactName", "contactRelation", "contactPhone"] as const)
    .map((key) => [key, draft[key].trim()] as const)
    .filter(([, value]) => value !== "");
  return {
    id,
    name: draft.name.trim(),
    ...(draft.village === "other" ? { village: draft.villageName.trim() } : { division: draft.village }),
    ...Object.fromEntries(filled),
    ...(draft.sex ? { sex: draft.sex } : {}),
    ...(draft.living ? { living: draft.living } : {}),
    ...(draft.categories.length > 0 ? { categories: [...draft.categories] } : {}),
    foundOn: today,
  };
}

/** Somebody who is on no list yet (发现新对象): recorded without network, checked by the township, proposed if wished. */
export function CensusScreen() {
  const w = useWords(words);
  const f = useWords(frame);
  const people = useWords(personNames);
  const care = useWords(careNames);
  const app = useApp();
  const view = useView();
  const { value: draft, change, leave } = useDraft<Draft>(DRAFT, empty);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [full, setFull] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const villages = [
    ...new Map([...(app.phone.opened?.lists.people.values() ?? [])].map((one) => [one.division, one.divisionName])),
  ].sort(([, a], [, b]) => (a < b ? -1 : 1));
  if (saved !== null)
    return (
      <Screen title={w.visit.saved}>
        <p className="note" data-tone="good">
          {w.census.saved({ name: saved })}
        </p>
        <a className="button" data-kind="main" href="#/">
          {f.pages.today}
        </a>
      </Screen>
    );
  if (!draft)
    return (
      <Screen title={w.census.title} back="">
        <p role="status">{f.reading}</p>
      </Screen>
    );
  const number = draft.idNumber.trim().toUpperCase();
  const trouble = {
    name: draft.name.trim() === "" ? w.census.missing({ field: w.census.name }) : null,
    village:
      draft.village === "" || (draft.village === "other" && draft.villageName.trim() === "")
        ? w.census.missing({ field: w.census.village })
        : null,
    idNumber: number !== "" && !isCitizenNumber(number) ? w.census.idNumberWrong : null,
  };
  const save = async () => {
    setTried(true);
    if (trouble.name || trouble.village || trouble.idNumber || busy) {
      scrollTo(0, 0);
      return;
    }
    setBusy(true);
    leave();
    const id = newId();
    const about = { personId: id, name: draft.name.trim() };
    try {
      const input = inputOf({ ...draft, idNumber: number }, id, view.today);
      if (draft.propose === "yes") {
        await app.record({ operation: "people.record-census", input, about });
        const reason = draft.reason.trim() || w.census.reasonDefault;
        await app.record({
          operation: "visiting-care.propose",
          input: { id: newId(), personId: id, risk: draft.risk, reason },
          about,
          draft: DRAFT,
        });
      } else await app.record({ operation: "people.record-census", input, about, draft: DRAFT });
      setSaved(about.name);
    } catch {
      change({});
      setFull(true);
      setBusy(false);
    }
  };
  const shown = tried ? trouble : { name: null, village: null, idNumber: null };
  return (
    <Screen
      title={w.census.title}
      back=""
      action={
        <button type="button" className="button" data-kind="main" disabled={busy} onClick={() => void save()}>
          {w.visit.save}
        </button>
      }
    >
      <Full full={full} />
      {tried && Object.values(trouble).some(Boolean) && (
        <ul className="note" data-tone="bad" role="alert">
          {Object.values(trouble).map((one) => one && <li key={one}>{one}</li>)}
        </ul>
      )}
      <p>{w.census.help}</p>
      <Field
        label={w.census.name}
        wrong={shown.name}
        value={draft.name}
        maxLength={100}
        onChange={(name) => change({ name })}
      />
      <Choice
        legend={w.census.village}
        options={[...villages, ["other", w.census.otherVillage] as const]}
        value={draft.village || null}
        onChange={(village) => change({ village })}
      />
      {draft.village === "other" && (
        <Field
          label={w.census.villageName}
          wrong={shown.village}
          value={draft.villageName}
          maxLength={100}
          onChange={(villageName) => change({ villageName })}
        />
      )}
      <Field
        label={w.census.idNumber}
        help={w.census.idNumberHelp}
        wrong={shown.idNumber}
        value={draft.idNumber}
        maxLength={20}
        onChange={(idNumber) => change({ idNumber })}
        autoComplete="off"
      />
      <Choice
        beside
        legend={w.census.sex}
        options={[
          ["female", people.sex.female],
          ["male", people.sex.male],
        ]}
        value={draft.sex}
        onChange={(sex) => change({ sex })}
      />
      <Field
        label={w.census.born}
        type="date"
        value={draft.bornOn}
        max={view.today}
        onChange={(bornOn) => change({ bornOn })}
      />
      <Field
        label={w.census.address}
        lines
        value={draft.address}
        maxLength={300}
        onChange={(address) => change({ address })}
      />
      <Field
        label={w.census.phone}
        type="tel"
        value={draft.phone}
        maxLength={40}
        onChange={(phone) => change({ phone })}
      />
      <Choice
        beside
        legend={w.census.living}
        options={livings.map((one) => [one, people.living[one]] as const)}
        value={draft.living}
        onChange={(living) => change({ living })}
      />
      <Several
        legend={w.census.categories}
        options={categoryCodes.map((one) => [one, people.categories[one]] as const)}
        values={draft.categories}
        onChange={(categories) => change({ categories })}
      />
      <Field
        label={w.census.contactName}
        value={draft.contactName}
        maxLength={100}
        onChange={(contactName) => change({ contactName })}
      />
      <Field
        label={w.census.contactRelation}
        value={draft.contactRelation}
        maxLength={40}
        onChange={(contactRelation) => change({ contactRelation })}
      />
      <Field
        label={w.census.contactPhone}
        type="tel"
        value={draft.contactPhone}
        maxLength={40}
        onChange={(contactPhone) => change({ contactPhone })}
      />
      <Choice
        beside
        legend={w.census.propose}
        options={[
          ["yes", w.census.proposeYes],
          ["no", w.census.proposeNo],
        ]}
        value={draft.propose}
        onChange={(propose) => change({ propose })}
      />
      {draft.propose === "yes" && (
        <>
          <Choice
            legend={w.propose.risk}
            options={(["general", "key", "high"] as const).map((one) => [one, care.risks[one]] as const)}
            value={draft.risk}
            onChange={(risk) => change({ risk })}
          />
          <Field
            label={w.census.reason}
            value={draft.reason}
            maxLength={300}
            onChange={(reason) => change({ reason })}
          />
        </>
      )}
    </Screen>
  );
}
