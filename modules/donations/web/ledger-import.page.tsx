import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { upload } from "../../../apps/web/client.ts";
import { useOrganisationSearch } from "../../../apps/web/search-organisations.ts";
import { ActButton } from "../../../apps/web/ui/act-button.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { Empty, Failed, Notice } from "../../../apps/web/ui/notices.tsx";
import { FileDrop, SearchPicker } from "../../../apps/web/ui/pickers.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { importLedger } from "../ledger.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

type Read = OutputOf<typeof importLedger>;
type Total = Read["totals"][number];
type Remark = Read["remarks"][number];

/** Brings in a published ledger as it is (导入公示台账): what was understood, totals stated against counted, then written. */
export function Component() {
  const w = useWords(words);
  const f = useWords(formWords).ledger;
  const search = useOrganisationSearch();
  const [day, setDay] = useState("");
  const [statedTotal, setStatedTotal] = useState("");
  const [organisation, setOrganisation] = useState<string>();
  const [file, setFile] = useState<File>();
  const [read, setRead] = useState<Read>();
  const [failure, setFailure] = useState<unknown>();
  const fields = {
    day: day || undefined,
    statedTotal: statedTotal.trim() || undefined,
    organisation,
  };
  const look = async (chosen: File, onProgress?: (share: number) => void) => {
    setRead(await upload(importLedger, fields, chosen, { onProgress }));
    setFile(chosen);
  };
  const commit = async () => {
    if (!file) return;
    setFailure(undefined);
    try {
      setRead(await upload(importLedger, { ...fields, commit: "true" }, file));
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      <PageHead title={f.title} above={<Link to="/donations">{w.file.list}</Link>} />
      <p className="form-purpose">{f.purpose}</p>
      {!read && (
        <div className="form">
          <div className="field">
            <label htmlFor="ledger-organisation">{f.organisation}</label>
            <SearchPicker
              id="ledger-organisation"
              value={organisation}
              onChange={setOrganisation}
              search={search}
              placeholder={w.office}
            />
          </div>
          <div className="field">
            <label htmlFor="ledger-day">{f.day}</label>
            <input
              id="ledger-day"
              type="date"
              className="plain-input field-date"
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor="ledger-total">{f.statedTotal}</label>
            <input
              id="ledger-total"
              className="plain-input"
              value={statedTotal}
              onChange={(event) => setStatedTotal(event.target.value)}
            />
          </div>
          <FileDrop label={f.file} accept=".xlsx,.xls,.csv,.txt" onFile={look} />
        </div>
      )}
      {read && file && (
        <>
          <Understood read={read} name={file.name} />
          {failure !== undefined && <Failed error={failure} />}
          {read.written > 0 ? (
            <Notice tone="good" live title={f.committed({ count: read.written })}>
              <Link to="/donations">{f.list}</Link>
            </Notice>
          ) : (
            <p className="row-acts">
              <ActButton primary onAct={commit} unavailable={read.new === 0 && f.nothing}>
                {f.commit({ count: read.new })}
              </ActButton>
            </p>
          )}
          <p>
            <Button onClick={() => setRead(undefined)}>{f.another}</Button>
          </p>
        </>
      )}
    </>
  );
}

function Understood({ read, name }: { readonly read: Read; readonly name: string }) {
  const w = useWords(words);
  const f = useWords(formWords).ledger;
  const sentence = useCodeSentence();
  const say = (one: Remark) => sentence(one.code, one.facts) ?? one.message;
  const where = (cell: string) => (/^\d+$/.test(cell) ? f.row({ row: cell }) : cell || f.outside);
  const totals: LedgerColumn<Total>[] = [
    { key: "cell", title: f.cell, cell: (row) => where(row.cell) },
    {
      key: "stated",
      title: f.stated,
      cell: (row) => showYuan(row.statedFen),
      text: (row) => showYuan(row.statedFen),
      numeric: true,
    },
    {
      key: "counted",
      title: f.counted,
      cell: () => showYuan(read.sumFen),
      text: () => showYuan(read.sumFen),
      numeric: true,
    },
    {
      key: "difference",
      title: f.difference,
      cell: (row) => showYuan(row.differenceFen),
      text: (row) => showYuan(row.differenceFen),
      numeric: true,
    },
    {
      key: "verdict",
      title: f.verdict,
      cell: (row) => (
        <StatusWord tone={row.agrees ? "done" : "late"}>
          {row.agrees ? (row.differenceFen === 0 ? f.agrees : f.rounded) : f.differs}
        </StatusWord>
      ),
      text: (row) => (row.agrees ? f.agrees : f.differs),
    },
  ];
  const remarks: LedgerColumn<Remark & { readonly key: string }>[] = [
    { key: "cell", title: f.cell, cell: (row) => where(row.cell) },
    { key: "what", title: f.what, cell: say, text: say },
    {
      key: "verdict",
      title: f.verdict,
      cell: (row) => (
        <StatusWord tone={row.problem ? "late" : "done"}>{row.problem ? f.problem : f.understood}</StatusWord>
      ),
      text: (row) => (row.problem ? f.problem : f.understood),
    },
  ];
  return (
    <>
      <Section title={`${f.result} · ${read.title || name}`}>
        <Figures>
          <Figure title={f.counts.gifts} value={read.gifts} unit={f.lines} />
          <Figure title={f.counts.new} value={read.new} unit={f.lines} />
          <Figure title={f.counts.same} value={read.same} unit={f.lines} />
          <Figure title={f.counts.bad} value={read.bad} unit={f.lines} tone={read.bad > 0 ? "late" : undefined} />
          <Figure title={f.counts.sum} value={showYuan(read.sumFen)} unit={w.yuan} />
        </Figures>
        {read.uses > 0 && <p className="quiet">{f.usesKept({ count: read.uses })}</p>}
      </Section>
      <Section title={f.totals}>
        <Ledger
          id="ledger-totals"
          caption={f.totals}
          columns={totals}
          rows={read.totals}
          rowKey={(row) => `${row.cell}.${row.statedFen}`}
          exportable={false}
          empty={<Empty title={f.noTotals} />}
        />
      </Section>
      <Section title={f.remarks}>
        <Ledger
          id="ledger-remarks"
          caption={f.remarks}
          columns={remarks}
          rows={read.remarks
            .map((one, at) => ({ ...one, key: String(at) }))
            .toSorted((a, b) => Number(b.problem) - Number(a.problem))
            .slice(0, 500)}
          rowKey={(row) => row.key}
          empty={<Empty title={f.noRemarks} />}
        />
      </Section>
    </>
  );
}
