import { Button, Radio } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { answer, commit, get, marked, undo } from "../../../kernel/sheet/sheet.contract.ts";
import { queryAddress } from "../client.ts";
import { useNames } from "../composition.ts";
import { ActButton } from "../ui/act-button.tsx";
import type { OutputOf } from "../ui/act-form.tsx";
import { Figure, Figures } from "../ui/figure.tsx";
import { FilePage, Section } from "../ui/file-page.tsx";
import { showCount, showInstant } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Answer, Empty, Failed, Loading, Notice } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { useCodeSentence } from "../ui/problem-sentence.ts";
import { StatusWord } from "../ui/status-word.tsx";
import { useCommand, useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";
import { BatchState, isBusy, useKindName } from "./import.page.tsx";

type Batch = OutputOf<typeof get>;
type Remark = Batch["errors"][number] & { readonly kind: "error" | "warning" };
const order = ["rows", "new", "change", "same", "bad", "warned", "done", "undone"] as const;

/** One batch (导入批次): counts, questions, problems by sheet and cell, then write or take back. */
export function Component() {
  const { id = "" } = useParams();
  const state = useLedgerState(["only"]);
  const only = (["bad", "warned"] as const).find((one) => one === state.filters.only) ?? "all";
  const [watching, setWatching] = useState(true);
  const query = useQueryOperation(
    get,
    { id, only, after: state.after, limit: 100 },
    { keepPrevious: true, refetchInterval: watching ? 2_000 : false },
  );
  const active = query.data ? isBusy(query.data.state) : true;
  if (watching !== active) setWatching(active);
  return (
    <Answer query={query}>
      {(batch) => <BatchFile batch={batch} state={state} stale={query.isPlaceholderData} />}
    </Answer>
  );
}

function BatchFile({
  batch,
  state,
  stale,
}: {
  readonly batch: Batch;
  readonly state: ReturnType<typeof useLedgerState<"only">>;
  readonly stale: boolean;
}) {
  const w = useWords(words).import;
  const { locale } = usePreferences();
  const nameOf = useKindName();
  const sentence = useCodeSentence();
  const names = useNames();
  // The file's own header when the reader kept it, else the header people know.
  const fieldOf = (one: Remark) =>
    typeof one.facts.header === "string" && one.facts.header !== ""
      ? one.facts.header
      : names.column(batch.operation, one.field);
  const write = useCommand(commit);
  const back = useCommand(undo);
  const rows: Remark[] = [
    ...batch.errors.map((one) => ({ ...one, kind: "error" as const })),
    ...batch.warnings.map((one) => ({ ...one, kind: "warning" as const })),
  ];
  const columns: LedgerColumn<Remark>[] = [
    {
      key: "cell",
      title: w.cell,
      cell: (one) => (
        <>
          {w.row({ sheet: one.sheet, row: one.row })} {one.cell && <span className="code">{one.cell}</span>}
        </>
      ),
      text: (one) => `${one.sheet}!${one.cell ?? one.row}`,
    },
    {
      key: "kind",
      title: w.kindColumn,
      cell: (one) => (
        <StatusWord tone={one.kind === "error" ? "late" : "soon"}>
          {one.kind === "error" ? w.errors : w.warnings}
        </StatusWord>
      ),
      text: (one) => one.kind,
    },
    { key: "field", title: w.field, cell: fieldOf, text: fieldOf },
    {
      key: "message",
      title: w.message,
      cell: (one) => sentence(one.code, one.facts) ?? one.message,
      text: (one) => sentence(one.code, one.facts) ?? one.message,
    },
  ];
  const good = batch.counts.new + batch.counts.change + batch.counts.same;
  const ready = batch.state === "checked" && batch.counts.new + batch.counts.change > 0;
  return (
    <FilePage
      title={batch.fileName}
      above={<Link to="/import">{w.back}</Link>}
      state={
        <>
          <BatchState state={batch.state} />
          <span>{nameOf(batch.operation)}</span>
          <span>{showInstant(batch.createdAt, locale)}</span>
        </>
      }
      next={
        ready ? (
          <ActButton
            primary
            confirm={w.commitWhat({ new: batch.counts.new, change: batch.counts.change })}
            busy={write.isPending}
            onAct={() => write.mutateAsync({ id: batch.id, acceptPartial: batch.counts.bad > 0 }).catch(() => {})}
          >
            {batch.counts.bad > 0 ? w.commitPartial({ good, bad: batch.counts.bad }) : w.commit}
          </ActButton>
        ) : batch.state === "committed" ? (
          <ActButton
            confirm={w.undoWhat}
            busy={back.isPending}
            onAct={() => back.mutateAsync({ id: batch.id }).catch(() => {})}
          >
            {w.undo}
          </ActButton>
        ) : undefined
      }
    >
      {isBusy(batch.state) && <Loading label={w.states[batch.state]} />}
      {write.error && <Failed error={write.error} />}
      {back.error && <Failed error={back.error} />}
      {batch.failure && (
        <Notice tone="bad" title={w.states.failed}>
          {sentence(batch.failure.code, batch.failure.facts) ?? batch.failure.message}
        </Notice>
      )}
      {batch.state === "asking" && <Questions batch={batch} />}
      <Figures>
        {order
          .filter((name) => batch.counts[name] > 0 || name === "rows")
          .map((name) => (
            <Figure
              key={name}
              title={w.counts[name]}
              value={batch.counts[name]}
              tone={name === "bad" && batch.counts.bad > 0 ? "late" : undefined}
            />
          ))}
      </Figures>
      {batch.counts.bad + batch.counts.warned > 0 && (
        <p>
          <a href={queryAddress(marked, { id: batch.id, locale })}>{w.marked}</a>
        </p>
      )}
      {!isBusy(batch.state) && batch.state !== "asking" && (
        <Section title={`${w.errors} · ${w.warnings}`}>
          <Ledger
            id="remarks"
            caption={w.errors}
            columns={columns}
            rows={rows}
            rowKey={(one) => `${one.kind}${one.sheet}${one.row}${one.cell ?? ""}${one.field}${one.code}`}
            stale={stale}
            next={batch.next}
            state={state}
            filters={
              <LedgerChoice
                label={w.remark}
                value={state.filters.only}
                options={[
                  { value: "bad", label: w.errors },
                  { value: "warned", label: w.warnings },
                ]}
                onChange={(value) => state.setFilter("only", value)}
              />
            }
            empty={<Empty title={w.clean} />}
          />
        </Section>
      )}
    </FilePage>
  );
}

/** An answer in words: "by-size:100000" splits at an amount that a person can check. */
function useOptionWord(): (option: string) => string {
  const w = useWords(words).import;
  return (option) => {
    const [kind, edge] = option.split(":");
    if (kind === "by-size") return w.bySize({ edge: showCount(edge ?? 0) });
    return (w.options as Readonly<Record<string, string>>)[option] ?? option;
  };
}

/** What the reader of the file could not know is asked, never guessed. */
function Questions({ batch }: { readonly batch: Batch }) {
  const w = useWords(words).import;
  const sentence = useCodeSentence();
  const send = useCommand(answer);
  const wordOf = useOptionWord();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const keyOf = (one: Batch["questions"][number]) => `${one.code}:${one.field}`;
  const complete = batch.questions.every((one) => answers[keyOf(one)]);
  return (
    <Section title={w.questions}>
      {batch.questions.map((question) => (
        <fieldset className="field" key={keyOf(question)}>
          <legend>{w.questionOf({ field: question.field, header: String(question.facts.header ?? "") })}</legend>
          <p className="field-help">{sentence(question.code, question.facts)}</p>
          <Radio.Group
            className="field-radios"
            value={answers[keyOf(question)]}
            onChange={(event) => setAnswers({ ...answers, [keyOf(question)]: event.target.value as string })}
          >
            {question.options.map((option) => (
              <Radio key={option} value={option}>
                {wordOf(option)}
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
      ))}
      {send.error && <Failed error={send.error} />}
      <Button
        type="primary"
        disabled={!complete}
        onClick={() => send.mutate({ id: batch.id, answers: { ...answers } })}
      >
        {w.answer}
      </Button>
    </Section>
  );
}
