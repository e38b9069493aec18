import { actFields, inputFrom } from "../../../apps/web/ui/act-fields.ts";
import { ActFields, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { Field, FieldGroup } from "../../../apps/web/ui/fields.tsx";
import { useForm } from "../../../apps/web/ui/form-page.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { changeHome, recordHome } from "../homes.contract.ts";
import { words } from "./equipment.web.words.ts";
import { useActWords } from "./labels.tsx";

const groups = {
  what: ["name", "division", "kind", "residents", "beds"],
  tilt: ["paired", "poorest", "floodSeverity", "served", "servedBatch"],
  who: ["director", "contact"],
} as const;
const ungrouped = ["latitude", "longitude"];
const newFields = actFields(recordHome, {}).filter((one) => !ungrouped.includes(one.name));
const changeFields = actFields(changeHome, {}).filter((one) => !ungrouped.includes(one.name));

type Values = Readonly<Record<string, unknown>>;

/** A position as people copy it from a map (位置): "36.62, 101.77", latitude first; undefined when it is none. */
export function readPosition(typed: unknown): { readonly latitude: number; readonly longitude: number } | undefined {
  const parts = String(typed ?? "")
    .normalize("NFKC")
    .split(/[,\s、]+/)
    .filter(Boolean)
    .map(Number);
  const [latitude = Number.NaN, longitude = Number.NaN] = parts;
  const good = parts.length === 2 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return good ? { latitude, longitude } : undefined;
}

export function newHomeInput(values: Values): Record<string, unknown> {
  return { ...inputFrom(newFields, values), ...readPosition(values.position) };
}

/** Only what differs from what stood there is sent. */
export function changedInput(
  id: string,
  version: number,
  before: Values,
): (values: Record<string, unknown>) => Record<string, unknown> {
  return (values) => {
    const now: Record<string, unknown> = { ...inputFrom(changeFields, values), ...readPosition(values.position) };
    const changed = Object.entries(now).filter(([name, value]) => name === "reason" || value !== before[name]);
    const emptied = ["beds", "floodSeverity"].filter(
      (name) => before[name] !== undefined && before[name] !== null && now[name] === undefined,
    );
    return { id, version, ...Object.fromEntries(changed), ...Object.fromEntries(emptied.map((name) => [name, null])) };
  };
}

/** Fields of a home (机构登记项), in three groups; a change asks for its reason too. */
export function HomeFields({ change = false }: { readonly change?: boolean }) {
  const w = useWords(words).form;
  const given = useActWords();
  const fields = change ? changeFields : newFields;
  const pick = (names: readonly string[]) => names.flatMap((name) => fields.find((one) => one.name === name) ?? []);
  return (
    <>
      <FieldGroup title={w.groups.what}>
        <ActFields fields={pick(groups.what)} given={given} searches={{ division: searchDivisions }} />
      </FieldGroup>
      <FieldGroup title={w.groups.tilt}>
        <ActFields fields={pick(groups.tilt)} given={given} />
      </FieldGroup>
      <FieldGroup title={w.groups.who}>
        <ActFields fields={pick(groups.who)} given={given} />
        <PositionField />
        <ActFields fields={pick(["state", "reason"])} given={given} />
      </FieldGroup>
    </>
  );
}

function PositionField() {
  const w = useWords(words);
  const form = useForm();
  const typed = String(form.values.position ?? "");
  return (
    <Field name="position" label={w.fields.position} help={w.help.position} required={false}>
      {(control) => (
        <input
          {...control}
          className="plain-input"
          style={{ width: "18em" }}
          value={typed}
          autoComplete="off"
          onChange={(event) => {
            const text = event.target.value;
            const wrong = text.trim() !== "" && readPosition(text) === undefined;
            form.setOwnProblem("position", wrong ? "equipment/position" : undefined);
            form.set("position", text);
          }}
        />
      )}
    </Field>
  );
}
