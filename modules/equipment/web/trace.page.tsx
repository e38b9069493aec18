import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useKindOf } from "../../../apps/web/pages/ledger-parts.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { type LedgerAccount, traceSerial } from "../../../kernel/ledger/ledger.contract.ts";
import { getItem, listItems } from "../delivery.contract.ts";
import { words } from "./equipment.web.words.ts";
import { ItemWord } from "./labels.tsx";
import { sameSerial } from "./serials.ts";
import { EventTimeline } from "./timeline.tsx";

/** The whole way of one piece (逐件追踪): in the ledger from the gift to the home, and what happened to it there. */
export function Component() {
  const w = useWords(words).trace;
  const [search, setSearch] = useSearchParams();
  const serial = search.get("serial")?.trim() ?? "";
  const [typed, setTyped] = useState(serial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSearch(typed.trim() === "" ? {} : { serial: typed.trim() });
  };
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <form className="find-line" onSubmit={submit}>
        <label htmlFor="trace-serial">{w.serial}</label>
        <input
          id="trace-serial"
          className="plain-input field-code"
          value={typed}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="primary" htmlType="submit">
          {w.find}
        </Button>
      </form>
      {serial === "" ? <p className="quiet">{w.nothing}</p> : <Way serial={serial} key={serial} />}
    </>
  );
}

function Way({ serial }: { readonly serial: string }) {
  const w = useWords(words).trace;
  const moves = useQueryOperation(traceSerial, { serial });
  const items = useQueryOperation(listItems, { serial, limit: 10 });
  const item = items.data?.items.find((one) => sameSerial(one.serial, serial));
  return (
    <Answer query={items}>
      {() => (
        <>
          {item && <Events id={item.id} />}
          <Answer query={moves}>
            {(data) =>
              data.pieces.length === 0 ? (
                item ? null : (
                  <Empty title={w.unknown}>{w.unknownHelp}</Empty>
                )
              ) : (
                data.pieces.map((piece) => (
                  <Section key={piece.asset} title={`${w.money} · ${piece.at.assetName}`}>
                    <Path piece={piece} />
                  </Section>
                ))
              )
            }
          </Answer>
        </>
      )}
    </Answer>
  );
}

/** The moves of a piece as stations on a line, the last one filled. */
function Path({ piece }: { readonly piece: OutputOf<typeof traceSerial>["pieces"][number] }) {
  const w = useWords(words).trace;
  const { locale } = usePreferences();
  const first = piece.moves[0];
  return (
    <ol className="path">
      {first && (
        <li>
          <Station account={first.from} />
        </li>
      )}
      {piece.moves.map((move, at) => (
        <li key={move.entryId} className={at === piece.moves.length - 1 ? "path-end" : undefined}>
          <p className="path-by">
            <time dateTime={move.on}>{showDate(move.on, locale)}</time>{" "}
            <Link to={`/ledger/trace?posting=${move.entryId}`}>{w.entry}</Link>
          </p>
          <Station account={move.to} />
        </li>
      ))}
    </ol>
  );
}

function Station({ account }: { readonly account: LedgerAccount }) {
  const kindOf = useKindOf();
  return (
    <p className="path-place">
      {account.kind === "source" ? <strong>{kindOf("source")}</strong> : <strong>{account.owner}</strong>}{" "}
      {account.kind !== "source" && <span className="quiet">{kindOf(account.kind)}</span>}
    </p>
  );
}

function Events({ id }: { readonly id: string }) {
  const w = useWords(words).trace;
  const query = useQueryOperation(getItem, { id });
  return (
    <Answer query={query}>
      {(item) => (
        <>
          <p>
            {w.at} <Link to={`/equipment/homes/${item.careHomeId}`}>{item.careHome}</Link>{" "}
            <ItemWord state={item.state} />{" "}
            <Link className="code" to={`/equipment/items/${item.id}`}>
              {item.serial}
            </Link>
          </p>
          <Section title={w.events}>
            <EventTimeline lines={item.timeline} />
          </Section>
        </>
      )}
    </Answer>
  );
}
