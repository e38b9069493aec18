import { Link, useParams } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { getProgramme } from "../donations.lists.contract.ts";
import { planBatch } from "../programmes.contract.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

type File = OutputOf<typeof getProgramme>;
type Batch = File["batches"][number];

/** One programme (项目详情): its budget, what is planned of it, and its batches. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getProgramme, { id });
  return <Answer query={query}>{(file) => <Programme file={file} />}</Answer>;
}

function Programme({ file }: { readonly file: File }) {
  const w = useWords(words);
  const p = useWords(formWords).programmes;
  const { locale } = usePreferences();
  const { may } = useSession();
  const columns: LedgerColumn<Batch>[] = [
    {
      key: "on",
      title: p.plannedOn,
      cell: (row) => (
        <Link to={`/donations/batches/${row.id}`}>{p.batch({ on: showDate(row.plannedOn, locale) })}</Link>
      ),
      text: (row) => row.plannedOn,
    },
    {
      key: "served",
      title: p.served,
      cell: (row) => showCount(row.served),
      text: (row) => String(row.served),
      numeric: true,
    },
    {
      key: "left",
      title: p.leftOut,
      cell: (row) => showCount(row.leftOut),
      text: (row) => String(row.leftOut),
      numeric: true,
    },
    {
      key: "unit",
      title: p.unitValue,
      cell: (row) => showYuan(row.unitValueFen),
      text: (row) => showYuan(row.unitValueFen),
      numeric: true,
    },
    {
      key: "total",
      title: p.total,
      cell: (row) => showYuan(row.totalFen),
      text: (row) => showYuan(row.totalFen),
      numeric: true,
    },
  ];
  return (
    <FilePage
      title={file.name}
      above={<Link to="/donations/programmes">{p.title}</Link>}
      state={file.purpose || w.list.anyPurpose}
      tools={may(planBatch) && <Link to={`/donations/programmes/${file.id}/plan`}>{p.plan}</Link>}
    >
      <Figures>
        <Figure title={p.budget} value={showYuan(file.budgetFen)} />
        <Figure title={p.planned} value={showYuan(file.plannedFen)} />
        <Figure title={p.left} value={showYuan(file.budgetFen - file.plannedFen)} />
      </Figures>
      <Section title={p.batches}>
        <Ledger
          id="donation-batches"
          caption={p.batches}
          columns={columns}
          rows={file.batches}
          rowKey={(row) => row.id}
          empty={<Empty title={p.noBatches} />}
        />
      </Section>
    </FilePage>
  );
}
