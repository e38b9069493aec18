import { Link, useParams } from "react-router";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { getBatch } from "../donations.lists.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";

type File = OutputOf<typeof getBatch>;
type Ranked = File["ranked"][number];
type Left = File["left"][number];

/** One batch (批次排序): who is served in which order by which flags, who is left out and why. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getBatch, { id });
  return <Answer query={query}>{(file) => <Batch file={file} />}</Answer>;
}

function Batch({ file }: { readonly file: File }) {
  const f = useWords(formWords);
  const b = f.batch;
  const p = f.programmes;
  const { locale } = usePreferences();
  const flagName = (flag: string) => (b.flagNames as Readonly<Record<string, string>>)[flag] ?? flag;
  const flags = (row: Ranked) => row.flags.map(flagName).join(locale === "zh" ? "、" : ", ");
  const ranked: LedgerColumn<Ranked>[] = [
    { key: "name", title: b.name, cell: (row) => row.id },
    { key: "rank", title: b.rank, cell: (row) => row.rank, text: (row) => String(row.rank), numeric: true },
    {
      key: "flags",
      title: b.flags,
      cell: (row) => (row.flags.length > 0 ? <StatusWord tone="soon">{flags(row)}</StatusWord> : b.noFlag),
      text: flags,
    },
    {
      key: "need",
      title: b.need,
      cell: (row) => showCount(Math.round(row.need)),
      text: (row) => String(row.need),
      numeric: true,
    },
    {
      key: "reason",
      title: b.reason,
      cell: (row) => (row.flags.length > 0 ? `${row.flags.length} × ${b.flags}` : b.byNeed),
      text: (row) => row.reason,
    },
  ];
  const left: LedgerColumn<Left>[] = [
    { key: "name", title: b.name, cell: (row) => row.id },
    { key: "why", title: b.why, cell: (row) => b.whys[row.why] },
  ];
  return (
    <FilePage
      title={`${file.programme} · ${p.batch({ on: showDate(file.plannedOn, locale) })}`}
      above={<Link to={`/donations/programmes/${file.programmeId}`}>{file.programme}</Link>}
      state={b.order}
      tools={<Link to={`/decisions/${file.decisionId}`}>{b.decision}</Link>}
    >
      <Figures>
        <Figure title={p.served} value={file.served} unit={p.places} />
        <Figure title={p.leftOut} value={file.leftOut} unit={p.places} />
        <Figure title={p.unitValue} value={showYuan(file.unitValueFen)} />
        <Figure title={p.total} value={showYuan(file.totalFen)} />
      </Figures>
      <Section title={b.title}>
        <Ledger
          id="batch-ranked"
          caption={b.title}
          columns={ranked}
          rows={file.ranked}
          rowKey={(row) => row.id}
          empty={<Empty title={b.left} />}
        />
      </Section>
      <Section title={b.left}>
        <Ledger
          id="batch-left"
          caption={b.left}
          columns={left}
          rows={file.left}
          rowKey={(row) => row.id}
          empty={<Empty title={b.nobody} />}
        />
      </Section>
    </FilePage>
  );
}
