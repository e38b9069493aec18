import type { ReactNode } from "react";
import { useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type ActChoice } from "../../../apps/web/ui/act-form.tsx";
import { FilePage } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import type { Operation } from "../../../kernel/operation/define.ts";
import { merge, settlePair } from "../doubles.contract.ts";
import { personNames } from "../names.words.ts";
import { get } from "../people.contract.ts";
import { useActWords, useCategoryLine } from "./labels.tsx";
import { words } from "./people.web.words.ts";
import type { Person } from "./person-acts.tsx";

/** Two files side by side (并排比较): where they differ, and whether they are one person. */
export function Component() {
  const { one = "", other = "" } = useParams();
  const [search] = useSearchParams();
  const first = useQueryOperation(get, { id: one });
  const second = useQueryOperation(get, { id: other });
  return (
    <Answer query={first}>
      {(left) => (
        <Answer query={second}>
          {(right) => <Comparison left={left} right={right} pair={search.get("pair") ?? undefined} />}
        </Answer>
      )}
    </Answer>
  );
}

function Comparison({
  left,
  right,
  pair: named,
}: {
  readonly left: Person;
  readonly right: Person;
  readonly pair: string | undefined;
}) {
  const w = useWords(words);
  const n = useWords(personNames);
  const { locale } = usePreferences();
  const { may } = useSession();
  const given = useActWords();
  const categoryLine = useCategoryLine();
  const placeOf = usePlacesOf([left.division, right.division]);
  const [done, setDone] = useState<ReactNode>();
  const pair = named ?? left.pairs.find((one) => one.otherId === right.id)?.id;
  const open = left.state === "present" && right.state === "present";
  const contact = (one: Person) =>
    one.contacts.map((each) => `${each.name} ${each.relation}`.trim()).join(locale === "zh" ? "、" : ", ");
  const rows: readonly { readonly term: string; readonly of: (one: Person) => string }[] = [
    { term: w.fields.name, of: (one) => one.name },
    { term: w.fields.sex, of: (one) => (one.sex ? n.sex[one.sex] : "") },
    { term: w.fields.bornOn, of: (one) => (one.bornOn ? showDate(one.bornOn, locale) : (one.bornText ?? "")) },
    { term: w.fields.idNumber, of: (one) => one.idNumber ?? "" },
    { term: w.fields.phone, of: (one) => one.phone ?? "" },
    { term: w.file.division, of: (one) => placeOf(one.division) },
    { term: w.fields.address, of: (one) => one.address },
    { term: w.fields.living, of: (one) => n.living[one.living] },
    { term: w.fields.categories, of: (one) => categoryLine(one.categories) },
    { term: w.fields.contacts, of: contact },
    { term: w.columns.state, of: (one) => n.states[one.state] },
  ];
  const act = (key: string, title: string, operation: unknown, fixed: Record<string, unknown>, why: string[]) => {
    const known = operation as Operation<unknown, unknown, unknown, string>;
    return may(known) ? [{ key, title, operation: known, fixed, reasons: why } satisfies ActChoice] : [];
  };
  const closed = open ? [] : [w.compare.merged];
  const acts: ActChoice[] = [
    ...act("keep-first", w.compare.keepFirst, merge, { keep: left.id, merge: right.id }, closed),
    ...act("keep-second", w.compare.keepSecond, merge, { keep: right.id, merge: left.id }, closed),
    ...act(
      "different",
      w.compare.different2,
      settlePair,
      { id: pair ?? "" },
      open ? (pair ? [] : [w.compare.noPair]) : closed,
    ),
  ];
  return (
    <FilePage
      title={w.compare.title({ one: left.name, other: right.name })}
      above={<Link to="/people/pairs">{w.pairs.title}</Link>}
      state={w.compare.state}
    >
      {done ?? (
        <ActButtons
          acts={acts}
          given={given}
          subjectId={left.id}
          onDone={(act) =>
            setDone(
              <Notice
                tone="good"
                live
                action={
                  act.operation.id === merge.id && (
                    <Link to={`/people/${String(act.fixed.keep)}`}>{w.compare.openKept}</Link>
                  )
                }
              >
                {act.operation.id === merge.id ? w.compare.kept : w.compare.settled}
              </Notice>,
            )
          }
        />
      )}
      <table className="ledger-table compare-table">
        <caption className="unseen">{w.compare.state}</caption>
        <thead>
          <tr>
            <th scope="col">{w.compare.item}</th>
            <th scope="col">
              {w.compare.first} <Link to={`/people/${left.id}`}>{left.name}</Link>
            </th>
            <th scope="col">
              {w.compare.second} <Link to={`/people/${right.id}`}>{right.name}</Link>
            </th>
            <th scope="col">{w.compare.different}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const one = row.of(left);
            const other = row.of(right);
            const same = one === other;
            return (
              <tr key={row.term}>
                <th scope="row">{row.term}</th>
                <td data-label={w.compare.first}>{one || "—"}</td>
                <td data-label={w.compare.second}>{other || "—"}</td>
                <td data-label={w.compare.different}>
                  <StatusWord tone={same ? "muted" : "soon"}>{same ? w.compare.same : w.compare.different}</StatusWord>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </FilePage>
  );
}
