import { useCallback, useMemo } from "react";
import { Link } from "react-router";
import { actFields, inputFrom } from "../../../apps/web/ui/act-fields.ts";
import { ActFields, searchDivisions } from "../../../apps/web/ui/act-form.tsx";
import { FieldGroup } from "../../../apps/web/ui/fields.tsx";
import { named } from "../../../apps/web/ui/naming.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { checkName, draftRegistration } from "../organisations.contract.ts";
import { fieldWords } from "./organisations.fields.words.ts";
import { words } from "./organisations.web.words.ts";
import { searchUnits } from "./searches.ts";

const order = {
  who: ["applicant", "applicantPhone", "division"],
  name: ["name", "divisionName", "tradeName", "field", "form"],
  kind: [
    "kind",
    "level",
    "fundsFen",
    "cashInBank",
    "nonStateAssets",
    "individualMembers",
    "unitMembers",
    "staff",
    "directors",
    "termYears",
    "publicFundraising",
    "charity",
  ],
  place: ["domicile", "domicileDivision", "scope", "activityArea"],
  unit: [
    "directRegistration",
    "unitId",
    "unitName",
    "sectorDepartment",
    "legalRepresentative",
    "legalRepresentativeOf",
  ],
  papers: ["evidence"],
} as const;
const searches = { unitId: searchUnits, domicileDivision: searchDivisions, division: searchDivisions };
const all = actFields(draftRegistration, {});

/** Fields of an application, grouped the way the paper form is (成立登记申请表). */
export function EstablishmentFields({ without = [] }: { readonly without?: readonly string[] }) {
  const w = useWords(words).register;
  const f = useWords(fieldWords);
  return (
    <>
      {Object.entries(order).map(([group, names]) => {
        const fields = (names as readonly string[]).flatMap(
          (name) => all.find((field) => field.name === name && !without.includes(name)) ?? [],
        );
        return (
          fields.length > 0 && (
            <FieldGroup key={group} title={named(w.groups, group)}>
              <ActFields fields={fields} given={f} searches={searches} />
            </FieldGroup>
          )
        );
      })}
    </>
  );
}

/** Values of the form as the operation's input; the same for a new application and for an edited one. */
export function useEstablishmentInput(without: readonly string[] = []) {
  const joined = without.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `joined` stands for the names.
  const fields = useMemo(() => all.filter((field) => !without.includes(field.name)), [joined]);
  return useCallback((values: Record<string, unknown>) => inputFrom(fields, values), [fields]);
}

/** The name check beside the form (名称自查): runs as soon as name and kind are there. */
export function NameCheck({ values }: { readonly values: Readonly<Record<string, unknown>> }) {
  const w = useWords(words);
  const text = (name: string) =>
    typeof values[name] === "string" && values[name] !== "" ? String(values[name]) : undefined;
  const kind = (["social_group", "social_service_institution", "foundation"] as const).find(
    (one) => one === values.kind,
  );
  const name = text("name") ?? "";
  const ready = name.length >= 4 && kind !== undefined;
  const check = useQueryOperation(
    checkName,
    {
      name,
      kind: kind ?? "social_group",
      divisionName: text("divisionName"),
      tradeName: text("tradeName"),
      field: text("field"),
      form: text("form"),
      scope: values.level === "national" ? "national" : "local",
    },
    { enabled: ready, keepPrevious: true },
  );
  return (
    <section aria-live="polite">
      <h2 className="aside-title">{w.register.nameCheck}</h2>
      {!ready || !check.data ? (
        <p className="quiet">{w.register.nameCheckHelp}</p>
      ) : (
        <>
          <p>
            {check.data.valid && check.data.identical.length === 0 ? (
              <StatusWord tone="done">{w.register.nameGood}</StatusWord>
            ) : (
              <StatusWord tone="late">{w.register.nameBad}</StatusWord>
            )}
          </p>
          <ul>
            {check.data.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          {check.data.identical.length > 0 && (
            <>
              <h3>{w.register.identical}</h3>
              <ul>
                {check.data.identical.map((one) => (
                  <li key={`${one.name}${one.division}`}>
                    {one.name} <span className="quiet">{one.division}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {check.data.similar.length > 0 && (
            <>
              <h3>{w.register.similar}</h3>
              <ul>
                {check.data.similar.slice(0, 8).map((one) => (
                  <li key={one.id}>
                    <Link to={`/organisations/${one.id}`} target="_blank">
                      {one.name}
                    </Link>{" "}
                    <span className="quiet">
                      {w.register.similarity({ percent: Math.round(one.similarity * 100) })}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  );
}
