import { Link, useParams } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount } from "../../../apps/web/ui/format.ts";
import { useJoined } from "../../../apps/web/ui/naming.ts";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { changeHome, getHome } from "../homes.contract.ts";
import { openDiscrepancy, recordTraining, verifyHome } from "../oversight.contract.ts";
import { words } from "./equipment.web.words.ts";
import { HomeSections } from "./home-sections.tsx";
import { useActWords } from "./labels.tsx";

export type HomeFile = OutputOf<typeof getHome>;

/** One home (机构档案): its equipment piece by piece, and everything that happened. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getHome, { id });
  return <Answer query={query}>{(home) => <Home home={home} />}</Answer>;
}

function Home({ home }: { readonly home: HomeFile }) {
  const w = useWords(words);
  const f = w.file;
  const m = useWords(moduleWords);
  const { may } = useSession();
  const act = useAct();
  const given = useActWords();
  const placeOf = usePlacesOf([home.division]);
  const today = dateInShanghai(new Date());
  const closed = home.state === "closed";
  const nothing = home.delivered.length === 0;
  const acts = [
    ...act(
      "training",
      f.training,
      recordTraining,
      { id: undefined, careHomeId: home.id },
      { reasons: closed ? [f.because.closed] : [], initial: { on: today, topic: "both" }, note: f.trainingNote },
    ),
    ...act(
      "report",
      f.report,
      openDiscrepancy,
      { careHomeId: home.id, itemId: undefined, dueOn: undefined },
      { initial: { quantity: 1 }, note: f.reportNote, given: { choices: { kind: m.discrepancyKinds } } },
    ),
  ];
  return (
    <FilePage
      title={home.name}
      above={<Link to="/equipment/homes">{w.homes.title}</Link>}
      state={
        <>
          <span>{m.homeKinds[home.kind]}</span>
          <span>{placeOf(home.division)}</span>
          <span>{f.residents({ count: showCount(home.residents) })}</span>
          {closed && <StatusWord tone="muted">{m.homeStates.closed}</StatusWord>}
          <StatusWord tone={home.covered ? "done" : "soon"}>{home.covered ? f.covered : f.notCovered}</StatusWord>
          {home.untrained && <StatusWord tone="late">{f.untrained}</StatusWord>}
        </>
      }
      tools={
        <>
          {may(changeHome) && <Link to={`/equipment/homes/${home.id}/change`}>{f.change}</Link>}
          {may(verifyHome) &&
            (nothing || closed ? (
              <span className="quiet">{f.because.verify({ why: closed ? f.because.closed : f.because.nothing })}</span>
            ) : (
              <Link className="button-link" to={`/equipment/homes/${home.id}/verify`}>
                {f.verify}
              </Link>
            ))}
        </>
      }
    >
      {acts.length > 0 && <ActButtons acts={acts} given={given} subjectId={home.id} />}
      <HomeSections home={home} />
      <Section title={f.facts}>
        <HomeFacts home={home} />
      </Section>
    </FilePage>
  );
}

function HomeFacts({ home }: { readonly home: HomeFile }) {
  const w = useWords(words);
  const f = w.file;
  const m = useWords(moduleWords);
  const joined = useJoined();
  const placeOf = usePlacesOf([home.division]);
  return (
    <Facts
      label={f.facts}
      items={[
        { term: w.homes.place, value: `${placeOf(home.division)} ${home.division}` },
        { term: w.homes.kind, value: m.homeKinds[home.kind] },
        { term: w.homes.residents, value: showCount(home.residents), required: true },
        { term: f.beds, value: home.beds === null ? null : showCount(home.beds) },
        {
          term: f.size,
          value: (
            <>
              {home.sizeClass ? m.sizeClasses[home.sizeClass] : w.homes.sizeUnknown}{" "}
              {home.decisionId && <Link to={`/decisions/${home.decisionId}`}>{f.decision}</Link>}
            </>
          ),
        },
        { term: w.homes.flags, value: joined(home.flags.map((one) => m.tilts[one])) || w.homes.noFlags },
        { term: f.flood, value: home.floodSeverity && m.floodSeverities[home.floodSeverity] },
        { term: f.served, value: joined(home.served.map((one) => m.items[one])) || f.servedNone },
        { term: f.servedBatch, value: home.servedBatch },
        { term: f.director, value: home.director },
        { term: f.contact, value: home.contact },
        { term: f.place, value: home.latitude === null ? null : `${home.latitude}, ${home.longitude}` },
      ]}
    />
  );
}
