import { useState } from "react";
import { careNames } from "../../../../modules/visiting-care/names.words.ts";
import { useWords } from "../../ui/preferences.tsx";
import type { EmergencyFound, Summary } from "../care.ts";
import { words } from "../care.words.ts";
import { newId } from "../ids.ts";
import { useApp, useView } from "../parts/context.tsx";
import { Field } from "../parts/controls.tsx";
import { go, useRoute } from "../parts/route.ts";
import { Sheet } from "../parts/sheet.tsx";

const kinds: readonly EmergencyFound[] = [
  "unconscious",
  "injured",
  "acute_illness",
  "fire_or_gas",
  "missing",
  "suspected_infection",
  "abuse",
  "deceased",
  "other",
];
const FEW = 8;
const atPerson = ["person", "visit", "refuse", "death", "saved"];

/** The red button: numbers to dial at once, and one question; the answer starts the clock (紧急). */
export function EmergencySheet({ onClose }: { readonly onClose: () => void }) {
  const w = useWords(words).emergency;
  const view = useView();
  const app = useApp();
  const [where = "", id = ""] = useRoute();
  const people = app.stageIsOpen ? app.phone.opened?.lists.people : undefined;
  const here = atPerson.includes(where) ? people?.get(id) : undefined;
  const [chosen, setChosen] = useState<Summary | undefined>(here);
  return (
    <Sheet title={w.title} onClose={onClose}>
      <p>{w.first}</p>
      <div className="row">
        <a className="button" data-kind="danger" href="tel:120">
          {w.rescue}
        </a>
        <a className="button" data-kind="danger" href="tel:110">
          {w.police}
        </a>
        <a className="button" data-kind="danger" href="tel:119">
          {w.fire}
        </a>
      </div>
      {view.stage !== "open" ? (
        <p>{w.startLocked}</p>
      ) : chosen ? (
        <What person={chosen} onClose={onClose} />
      ) : (
        <Whom onChosen={setChosen} />
      )}
    </Sheet>
  );
}

function Whom({ onChosen }: { readonly onChosen: (person: Summary) => void }) {
  const w = useWords(words);
  const app = useApp();
  const [typed, setTyped] = useState("");
  const all = [...(app.phone.opened?.lists.people.values() ?? [])];
  const found = typed.trim() === "" ? [] : all.filter((one) => one.name.includes(typed.trim())).slice(0, FEW);
  return (
    <div className="stack">
      <Field
        label={w.emergency.whom}
        help={w.emergency.find}
        type="search"
        value={typed}
        onChange={setTyped}
        autoComplete="off"
      />
      {typed.trim() !== "" && found.length === 0 && <p role="status">{w.today.nobodyFound}</p>}
      {found.map((one) => (
        <button key={one.personId} type="button" className="button" onClick={() => onChosen(one)}>
          {one.name}
          {w.separator}
          {one.divisionName}
        </button>
      ))}
    </div>
  );
}

function What({ person, onClose }: { readonly person: Summary; readonly onClose: () => void }) {
  const w = useWords(words).emergency;
  const care = useWords(careNames);
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const start = async (found: EmergencyFound) => {
    setBusy(true);
    const id = newId();
    await app.record({
      operation: "visiting-care.open-emergency",
      input: { id, personId: person.personId, found },
      about: { personId: person.personId, name: person.name },
    });
    onClose();
    go(`emergency/${id}`);
  };
  return (
    <div className="stack">
      <p>{w.ask({ name: person.name })}</p>
      <div className="row">
        {kinds.map((one) => (
          <button key={one} type="button" className="button" disabled={busy} onClick={() => void start(one)}>
            {care.found[one]}
          </button>
        ))}
      </div>
    </div>
  );
}
