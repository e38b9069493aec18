import { Link, useParams } from "react-router";
import { queryAddress } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DocumentLink } from "../../../apps/web/ui/document-link.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import { correctDonation, getDonation, issueReceipt, recordUse } from "../donations.contract.ts";
import { words as moduleWords } from "../donations.words.ts";
import { stateOf } from "../way.rules.ts";
import { words } from "./donations.web.words.ts";
import { GiftState, ReceiptWord, useDonor, useWhat } from "./labels.tsx";
import { GiftWay } from "./way.tsx";

export type GiftFile = OutputOf<typeof getDonation>;
const noWords = { fields: {} };

/** One gift (捐赠详情): what it is, where it went, its receipt, its correction beside the old text. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getDonation, { id });
  return <Answer query={query}>{(gift) => <Gift gift={gift} />}</Answer>;
}

function Gift({ gift }: { readonly gift: GiftFile }) {
  const w = useWords(words);
  const f = w.file;
  const { locale } = usePreferences();
  const { may, grant } = useSession();
  const donor = useDonor()(gift);
  const what = useWhat()(gift);
  const act = useAct();
  const own = gift.division.startsWith((grant?.division ?? "-").slice(0, 6));
  const inForce = gift.state === "recorded";
  const receiptAct = act(
    "receipt",
    f.issue,
    issueReceipt,
    { id: gift.id },
    {
      legal: true,
      reasons: gift.receiptState === "due" && inForce ? [] : [f.notDue[gift.receiptState] || f.corrected],
    },
  );
  const open = inForce && own;
  return (
    <FilePage
      title={`${donor} · ${what}`}
      above={<Link to="/donations">{f.list}</Link>}
      state={
        <>
          <GiftState state={stateOf(!inForce, gift.rests)} />
          <ReceiptWord state={gift.receiptState} />
          <span>{f.state({ on: showDate(gift.on, locale) })}</span>
        </>
      }
      tools={
        <>
          {open && may(recordUse) && <Link to={`/donations/uses/new?${addressOfUse(gift)}`}>{f.use}</Link>}
          {open && may(correctDonation) && <Link to={`/donations/${gift.id}/correct`}>{f.correct}</Link>}
        </>
      }
    >
      {!inForce && (
        <Notice tone="warn" title={f.corrected}>
          <p>{f.reason({ reason: gift.correctionReason ?? "" })}</p>
          {gift.correctedBy ? <Link to={`/donations/${gift.correctedBy}`}>{f.right}</Link> : <p>{f.takenBack}</p>}
        </Notice>
      )}
      {gift.corrects && (
        <Notice title={f.corrects}>
          <Link to={`/donations/${gift.corrects}`}>{f.wrong}</Link>
        </Notice>
      )}
      {open && gift.receiptState === "due" && <ActButtons acts={receiptAct} given={noWords} subjectId={gift.id} />}
      <Section title={f.path}>
        <GiftWay donor={donor} steps={gift.steps} rests={gift.rests} truncated={gift.truncated} />
      </Section>
      <Section title={f.facts}>
        <GiftFacts gift={gift} />
      </Section>
    </FilePage>
  );
}

/** What a use of this gift would begin with. */
function addressOfUse(gift: GiftFile): string {
  const given = {
    organisation: gift.organisationId,
    purpose: gift.purpose,
    kind: gift.kind,
    item: gift.item,
    spec: gift.spec,
    unit: gift.unit,
    event: gift.event,
  };
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
}

/** The text of a gift as recorded (登记事项); the correction shows it as the old text. */
export function GiftFacts({ gift }: { readonly gift: GiftFile }) {
  const w = useWords(words);
  const f = w.file;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const donor = useDonor()(gift);
  const what = useWhat()(gift);
  return (
    <Facts
      label={f.facts}
      items={[
        { term: w.list.number, value: <strong className="field-code">{gift.receipt}</strong> },
        { term: w.list.donor, value: `${donor} · ${m.donorKinds[gift.donorKind]}` },
        { term: m.kinds[gift.kind], value: what },
        ...(gift.kind === "goods"
          ? [
              { term: f.spec, value: gift.spec },
              { term: w.list.value, value: gift.valueFen === null ? null : showYuan(gift.valueFen) },
              { term: f.valuation, value: f.valuations[gift.valuation ?? "none"] },
            ]
          : []),
        { term: w.list.on, value: showDate(gift.on, locale) },
        { term: w.list.recipient, value: gift.recipient },
        { term: w.list.purpose, value: gift.purpose || w.list.anyPurpose },
        { term: w.event, value: gift.event },
        { term: f.payer, value: gift.payer },
        { term: f.forwarder, value: gift.forwarder },
        { term: f.agreement, value: gift.agreement },
        {
          term: w.list.receipt,
          value: gift.documentId ? (
            <DocumentLink
              href={queryAddress(openDocument, { id: gift.documentId })}
              title={f.document}
              number={gift.documentNumber}
            />
          ) : (
            m.receiptStates[gift.receiptState]
          ),
        },
        { term: f.waiver, value: gift.waiver },
        { term: f.publish, value: gift.publishDonor ? f.published : f.unpublished },
        {
          term: f.portal,
          value: <a href={`/donations/find?number=${encodeURIComponent(gift.receipt)}`}>{f.see}</a>,
        },
        { term: f.ledgerTerm, value: <Link to={`/ledger/trace?posting=${gift.entryId}`}>{f.ledger}</Link> },
        ...(gift.pledgeId ? [{ term: f.pledge, value: <Link to="/donations/pledges">{f.see}</Link> }] : []),
        ...(gift.programmeId
          ? [{ term: f.programme, value: <Link to={`/donations/programmes/${gift.programmeId}`}>{f.see}</Link> }]
          : []),
        ...(gift.serials.length > 0
          ? [
              {
                term: f.serials,
                wide: true,
                value: (
                  <span className="serials">
                    {gift.serials.map((serial) => (
                      <Link key={serial} to={`/ledger/trace?serial=${encodeURIComponent(serial)}`}>
                        {serial}
                      </Link>
                    ))}
                  </span>
                ),
              },
            ]
          : []),
        { term: f.note, value: gift.note, wide: true },
      ]}
    />
  );
}
