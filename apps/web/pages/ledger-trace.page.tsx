import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { traceLedger, traceSerial } from "../../../kernel/ledger/ledger.contract.ts";
import type { OutputOf } from "../ui/act-form.tsx";
import { Facts } from "../ui/facts.tsx";
import { PageHead, Section } from "../ui/file-page.tsx";
import { showDate, showInstant } from "../ui/format.ts";
import { Ledger, type LedgerColumn } from "../ui/ledger.tsx";
import { Answer, Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./ledger.words.ts";
import { AccountLink, useCause, useLedgerAmount } from "./ledger-parts.tsx";

type Traced = OutputOf<typeof traceLedger>;
type Path = Traced["source"];
type Step = Path["steps"][number];
type Piece = OutputOf<typeof traceSerial>["pieces"][number];

/** Follows a posting both ways, or a numbered piece from its first day on (流转追踪). */
export function Component() {
  const w = useWords(words);
  const [search] = useSearchParams();
  const posting = search.get("posting")?.trim() ?? "";
  const serial = search.get("serial")?.trim() ?? "";
  return (
    <>
      <PageHead title={w.tracing.title} above={<Link to="/ledger/accounts">{w.title}</Link>} state={w.tracing.state} />
      <Asked key={`${posting}|${serial}`} posting={posting} serial={serial} />
      {posting ? (
        <ByPosting posting={posting} />
      ) : serial ? (
        <BySerial serial={serial} />
      ) : (
        <Empty title={w.tracing.nothing} />
      )}
    </>
  );
}

function Asked({ posting, serial }: { readonly posting: string; readonly serial: string }) {
  const t = useWords(words).tracing;
  const [, setSearch] = useSearchParams();
  const [entry, setEntry] = useState(posting);
  const [piece, setPiece] = useState(serial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changed = piece.trim() !== serial ? { serial: piece.trim() } : { posting: entry.trim() };
    setSearch(Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== "")));
  };
  return (
    <form className="ledger-filters" onSubmit={submit}>
      <label className="ledger-filter ledger-filter-wide">
        <span>{t.serial}</span>
        <input value={piece} placeholder={t.serialHelp} onChange={(event) => setPiece(event.target.value)} />
      </label>
      <label className="ledger-filter ledger-filter-wide">
        <span>{t.posting}</span>
        <input value={entry} spellCheck={false} onChange={(event) => setEntry(event.target.value)} />
      </label>
      <Button type="primary" htmlType="submit">
        {t.find}
      </Button>
    </form>
  );
}

function ByPosting({ posting }: { readonly posting: string }) {
  const query = useQueryOperation(traceLedger, { posting });
  return <Answer query={query}>{(data) => <Both data={data} />}</Answer>;
}

function Both({ data }: { readonly data: Traced }) {
  const w = useWords(words);
  const t = w.tracing;
  const { locale } = usePreferences();
  const causeOf = useCause();
  const { entry } = data;
  const { name, to } = causeOf(entry.cause, entry.subjectId);
  const evidence = Object.values(entry.evidence)
    .filter((value) => typeof value === "string" && value !== "")
    .join(" · ");
  return (
    <>
      <Section title={t.entry}>
        <Facts
          items={[
            { term: w.cause, value: to ? <Link to={to}>{name}</Link> : name },
            { term: w.when, value: showDate(entry.on, locale) },
            { term: w.recorded, value: showInstant(entry.recordedAt, locale) },
            { term: t.evidence, value: evidence },
            ...(entry.correctedBy
              ? [{ term: w.corrected, value: <Link to={`?posting=${entry.correctedBy}`}>{w.follow}</Link> }]
              : []),
            ...(entry.correctionOf
              ? [{ term: w.correction, value: <Link to={`?posting=${entry.correctionOf}`}>{w.follow}</Link> }]
              : []),
          ]}
        />
      </Section>
      <OneWay title={t.source} path={data.source} nothing={t.none} />
      <OneWay title={t.end} path={data.end} nothing={t.noneOn} rests />
    </>
  );
}

function OneWay({
  title,
  path,
  nothing,
  rests = false,
}: {
  readonly title: string;
  readonly path: Path;
  readonly nothing: string;
  readonly rests?: boolean;
}) {
  const w = useWords(words);
  const t = w.tracing;
  const { locale } = usePreferences();
  const amountOf = useLedgerAmount();
  const causeOf = useCause();
  const columns: LedgerColumn<Step & { readonly key: string }>[] = [
    { key: "on", title: t.date, cell: (row) => showDate(row.on, locale), text: (row) => row.on },
    {
      key: "cause",
      title: w.cause,
      cell: (row) => {
        const { name, to } = causeOf(row.cause, row.subjectId);
        return to ? <Link to={to}>{name}</Link> : name;
      },
      text: (row) => causeOf(row.cause, null).name,
    },
    { key: "from", title: t.from, cell: (row) => <AccountLink account={row.from} />, text: (row) => row.from.owner },
    { key: "to", title: t.to, cell: (row) => <AccountLink account={row.to} />, text: (row) => row.to.owner },
    {
      key: "amount",
      title: t.amount,
      cell: (row) => amountOf(row.amount, row.unit),
      text: (row) => amountOf(row.amount, row.unit),
      numeric: true,
    },
  ];
  return (
    <Section title={title}>
      <Ledger
        id={rests ? "ledger-end" : "ledger-source"}
        caption={title}
        columns={columns}
        rows={path.steps.map((step, at) => ({ ...step, key: `${at}` }))}
        rowKey={(row) => row.key}
        empty={<Empty title={nothing} />}
      />
      {path.truncated && <p className="quiet">{t.truncated}</p>}
      {rests && path.rests.length > 0 && (
        <p>
          {t.rests}{" "}
          {path.rests.map((rest) => (
            <span key={rest.account.id} className="trace-rest">
              <AccountLink account={rest.account} /> <strong>{amountOf(rest.amount, rest.account.unit)}</strong>
            </span>
          ))}
        </p>
      )}
    </Section>
  );
}

function BySerial({ serial }: { readonly serial: string }) {
  const w = useWords(words);
  const query = useQueryOperation(traceSerial, { serial });
  return (
    <Answer query={query}>
      {({ pieces }) =>
        pieces.length === 0 ? (
          <Empty title={w.tracing.noPiece} />
        ) : (
          pieces.map((piece) => <PieceMoves key={piece.asset} piece={piece} serial={serial} />)
        )
      }
    </Answer>
  );
}

function PieceMoves({ piece, serial }: { readonly piece: Piece; readonly serial: string }) {
  const w = useWords(words);
  const t = w.tracing;
  const { locale } = usePreferences();
  const kind = piece.at.assetName;
  return (
    <Section title={`${kind} · ${t.moves({ serial })}`}>
      <p>
        {t.rests} <AccountLink account={piece.at} />
      </p>
      <Ledger
        id="ledger-serial"
        caption={t.moves({ serial })}
        columns={[
          {
            key: "on",
            title: t.date,
            cell: (row) => <Link to={`?posting=${row.entryId}`}>{showDate(row.on, locale)}</Link>,
            text: (row) => row.on,
          },
          {
            key: "from",
            title: t.from,
            cell: (row) => <AccountLink account={row.from} />,
            text: (row) => row.from.owner,
          },
          { key: "to", title: t.to, cell: (row) => <AccountLink account={row.to} />, text: (row) => row.to.owner },
        ]}
        rows={piece.moves}
        rowKey={(row) => row.entryId}
      />
    </Section>
  );
}
