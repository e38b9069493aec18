import { Link, useParams } from "react-router";
import { queryAddress } from "../../../apps/web/client.ts";
import { consolePath } from "../../../apps/web/pages/today.page.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { FilePage } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import { closeCampaign, finishVillage, getCampaign, printCensus } from "../campaign.contract.ts";
import { words } from "./care-work.web.words.ts";
import { useWorkWords } from "./work-acts.ts";

type File = OutputOf<typeof getCampaign>;
type Village = File["villages"][number];

/** One census with its worklist (摸底排查进度): a line for each village. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getCampaign, { id });
  return <Answer query={query}>{(file) => <Campaign file={file} />}</Answer>;
}

function Campaign({ file }: { readonly file: File }) {
  const w = useWords(words);
  const k = w.campaigns;
  const { locale } = usePreferences();
  const act = useAct();
  const given = useWorkWords();
  const number = (key: "found" | "proposed" | "agreed" | "refused", title: string): LedgerColumn<Village> => ({
    key,
    title,
    cell: (row) => showCount(row[key]),
    text: (row) => String(row[key]),
    numeric: true,
  });
  const columns: LedgerColumn<Village>[] = [
    {
      key: "village",
      title: k.village,
      cell: (row) => <Link to={consolePath(row.rows)}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: "state",
      title: w.state,
      cell: (row) => (
        <StatusWord tone={row.state === "open" ? "soon" : "done"}>{k.villageStates[row.state]}</StatusWord>
      ),
      text: (row) => k.villageStates[row.state],
    },
    {
      key: "expected",
      title: k.expected,
      cell: (row) => (row.expected === null ? "—" : showCount(row.expected)),
      text: (row) => String(row.expected ?? ""),
      numeric: true,
    },
    number("found", k.found),
    number("proposed", k.proposed),
    number("agreed", k.agreed),
    number("refused", k.refused),
    {
      key: "finished",
      title: k.finished,
      cell: (row) =>
        row.finishedOn ? (
          <>
            {k.finishedBy({ by: row.finishedBy ?? "", on: showDate(row.finishedOn, locale) })}{" "}
            <span className="quiet">{row.note}</span>
          </>
        ) : (
          "—"
        ),
      text: (row) => row.finishedOn ?? "",
    },
    {
      key: "act",
      title: w.act,
      cell: (row) => (
        <ActButtons
          quiet
          acts={[
            ...(row.state === "open" && file.state === "open"
              ? act("finish", k.finish, finishVillage, { campaignId: file.id, division: row.division })
              : []),
            ...act("print", k.print, printCensus, { campaignId: file.id, division: row.division }),
          ]}
          given={given}
          subjectId={`${file.id}.${row.division}`}
          doneText={(done, output) =>
            done.key === "print" ? (
              <a
                href={queryAddress(openDocument, { id: (output as { documentId: string }).documentId })}
                target="_blank"
                rel="noreferrer"
              >
                {k.print} {(output as { number: string }).number}
              </a>
            ) : null
          }
        />
      ),
    },
  ];
  return (
    <FilePage
      title={file.title}
      above={<Link to="/care/campaigns">{k.title}</Link>}
      state={
        <>
          <StatusWord tone={file.state === "open" ? "soon" : "done"}>{k.states[file.state]}</StatusWord>
          <span>
            {showDate(file.from, locale)} – {showDate(file.to, locale)}
          </span>
        </>
      }
    >
      {file.state === "open" && (
        <ActButtons acts={act("close", k.close, closeCampaign, { id: file.id })} given={given} subjectId={file.id} />
      )}
      <Figures>
        <Figure title={k.coverage} value={file.coverage ?? "—"} note={k.progressOf(file.progress)} />
        <Figure title={k.found} value={file.progress.found} unit={w.people} />
      </Figures>
      <Ledger
        id="campaign"
        caption={file.title}
        columns={columns}
        rows={file.villages}
        rowKey={(row) => row.division}
        empty={<Empty title={k.noVillages} />}
      />
    </FilePage>
  );
}
