import { listDivisions } from "../../../kernel/divisions/divisions.contract.ts";
import { useSession } from "../session.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";

/**
 * Goes up and down the tree of divisions inside one's own range (按区划筛选). Workers see their villages only: nothing to
 * choose, nothing shown.
 */
export function DivisionFilter({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}) {
  const w = useWords(words).ledger;
  const { grant } = useSession();
  const root = grant?.division && grant.division !== "0" ? grant.division : undefined;
  const at = value ?? root;
  const places = useQueryOperation(listDivisions, { parent: at }, { staleTime: 600_000, keepPrevious: true });
  if (grant?.role === "worker") return null;
  const above = (places.data?.chain ?? []).filter((one) => one.code !== at && (!root || one.code.startsWith(root)));
  const here = places.data?.parent;
  return (
    <label className="ledger-filter">
      <span>{label}</span>
      <select
        value={value ?? ""}
        onChange={(event) =>
          onChange(event.target.value && event.target.value !== root ? event.target.value : undefined)
        }
      >
        <option value="">{root ? (grant?.label ?? w.any) : w.any}</option>
        {above
          .filter((one) => one.code !== root)
          .map((one) => (
            <option key={one.code} value={one.code}>
              ↑ {one.name}
            </option>
          ))}
        {value && <option value={value}>{here?.code === value ? here.name : value}</option>}
        {places.data?.divisions
          .filter((one) => one.code !== value)
          .map((one) => (
            <option key={one.code} value={one.code}>
              {value ? `— ${one.name}` : one.name}
            </option>
          ))}
      </select>
    </label>
  );
}
