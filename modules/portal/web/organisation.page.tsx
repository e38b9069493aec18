import type { ReactNode } from "react";
import type { z } from "zod";
import { daysBetween } from "../../../kernel/clock/date.ts";
import type { getOrganisation, PublishedItem } from "../portal.contract.ts";
import { Announcements } from "./announcements.tsx";
import { Page } from "./layout.tsx";
import { VerifyLink } from "./parts.tsx";
import { chineseOnly, dateText, nameIn, namesOf, textsOf, type View, yuanText } from "./view.ts";

export type Organisation = z.infer<typeof getOrganisation.output>;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** The one sentence that says how it stands. */
function standing(view: View, one: Organisation): string {
  const texts = textsOf(view);
  const names = namesOf(view);
  const parts = [nameIn(names.statuses, one.status)];
  if (one.listing !== "none") {
    const list = nameIn(names.listings, one.listing);
    parts.push(
      one.listedOn
        ? texts.organisation.listedDays({
            list,
            days: Math.max(0, daysBetween(one.listedOn, one.asOf)),
            date: dateText(view, one.listedOn),
          })
        : texts.organisation.listed({ list }),
    );
  }
  if (one.grade) parts.push(one.grade);
  if (one.inspectionYear !== null && one.inspectionConclusion)
    parts.push(`${one.inspectionYear} ${nameIn(names.conclusions, one.inspectionConclusion)}`);
  return parts.join(" · ");
}

function Fact({ view, name, children }: { view: View; name: string; children: ReactNode }) {
  const empty = children === null || children === undefined || children === "";
  return (
    <div>
      <dt>{name}</dt>
      <dd>{empty ? <span className="missing">{textsOf(view).organisation.missing}</span> : children}</dd>
    </div>
  );
}

function Facts({ view, one }: { view: View; one: Organisation }) {
  const texts = textsOf(view).organisation;
  const names = namesOf(view);
  const fields = names.fields;
  const chinese = chineseOnly(view);
  const said = (value: string | null) => (value ? <span lang={chinese}>{value}</span> : null);
  const charity = [one.charity ? texts.charity : null, one.fundraising ? texts.fundraising : null]
    .filter((part) => part !== null)
    .join(" · ");
  return (
    <dl className="facts">
      <Fact view={view} name={fields.code}>
        {one.code ? (
          <>
            <span className="code">{one.code}</span>
            {one.codeFlag ? <span className="doubt"> {texts.codeDoubt}</span> : null}
          </>
        ) : null}
      </Fact>
      <Fact view={view} name={fields.kind}>
        {nameIn(names.kinds, one.kind)}
      </Fact>
      {one.formerNames ? (
        <Fact view={view} name={fields.formerNames}>
          {said(one.formerNames)}
        </Fact>
      ) : null}
      <Fact view={view} name={fields.registeredOn}>
        {one.registeredOn ? dateText(view, one.registeredOn) : null}
      </Fact>
      <Fact view={view} name={fields.registrationAuthority}>
        {said(one.registrationAuthority)}
      </Fact>
      <Fact view={view} name={fields.supervisoryUnit}>
        {one.directRegistration ? texts.direct : said(one.supervisoryUnit)}
      </Fact>
      <Fact view={view} name={fields.legalRepresentative}>
        {said(one.legalRepresentative)}
      </Fact>
      <Fact view={view} name={fields.domicile}>
        {said(one.domicile)}
      </Fact>
      <Fact view={view} name={fields.fundsFen.replace(/（分）| \(fen\)/, "")}>
        {one.fundsFen === null ? null : `${yuanText(one.fundsFen)} ${texts.money}`}
      </Fact>
      <Fact view={view} name={fields.grade}>
        {one.grade
          ? one.gradeTo
            ? texts.gradeUntil({ grade: one.grade, date: dateText(view, one.gradeTo) })
            : texts.gradeOnly({ grade: one.grade })
          : texts.noGrade}
      </Fact>
      {charity ? (
        <Fact view={view} name={fields.charity}>
          {charity}
        </Fact>
      ) : null}
      <Fact view={view} name={fields.scope}>
        {said(one.scope)}
      </Fact>
    </dl>
  );
}

function Listing({ view, item }: { view: View; item: PublishedItem }) {
  const names = namesOf(view);
  const chinese = chineseOnly(view);
  const list = item.collection.endsWith("serious") ? "serious" : "abnormal";
  const on = text(item.body.listedOn);
  const number = text(item.body.decisionNumber);
  const code = text(item.body.verificationCode);
  return (
    <li>
      <p>
        <a href={`/lists/${list}`}>{`▲ ${nameIn(names.listings, list)}`}</a>
        {on ? ` · ${names.fields.listedOn} ${dateText(view, on)}` : null}
      </p>
      <p lang={chinese}>{text(item.body.groundText)}</p>
      {[text(item.body.article), text(item.body.addedGrounds)].map((line) =>
        line === null ? null : (
          <p key={line} className="soft" lang={chinese}>
            {line}
          </p>
        ),
      )}
      <p className="soft" lang={chinese}>
        {text(item.body.authority)} {number ? code ? <VerifyLink code={code}>{number}</VerifyLink> : number : null}
      </p>
    </li>
  );
}

function Inspections({ view, items }: { view: View; items: readonly PublishedItem[] }) {
  const texts = textsOf(view).organisation;
  const names = namesOf(view);
  return (
    <table>
      <caption className="away">{texts.inspections}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.year}</th>
          <th scope="col">{texts.conclusion}</th>
          <th scope="col">{texts.concludedOn}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const on = text(item.body.concludedOn) ?? text(item.body.overdueOn);
          const code = text(item.body.verificationCode);
          const word =
            nameIn(names.conclusions, text(item.body.conclusion)) || nameIn(names.reportStates, text(item.body.state));
          return (
            <tr key={item.key}>
              <th scope="row">{String(item.body.year ?? "")}</th>
              <td>
                {word}
                {item.body.late === true ? ` (${texts.late})` : ""}
              </td>
              <td>
                {on ? dateText(view, on) : "—"}
                {code ? (
                  <>
                    {" · "}
                    <VerifyLink code={code}>{texts.verifyNotice}</VerifyLink>
                  </>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Others({ view, items }: { view: View; items: readonly PublishedItem[] }) {
  const names = namesOf(view);
  return (
    <ul className="notices">
      {items.map((item) => (
        <li key={`${item.collection} ${item.key}`}>
          <p className="soft">{`${nameIn(names.collections, item.collection)}${item.body.year ? ` · ${String(item.body.year)}` : ""} · ${dateText(view, item.publishedOn)}`}</p>
          {typeof item.body.incomeTotalFen === "number" && typeof item.body.spendTotalFen === "number" ? (
            <p>
              <a href={`/open-data/${item.collection}`}>{textsOf(view).organisation.view}</a>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Everything the public may know of one organisation (社会组织公开信息). */
export function OrganisationPage({ view, one }: { view: View; one: Organisation }) {
  const texts = textsOf(view).organisation;
  const chinese = chineseOnly(view);
  const announcements = one.published.filter((item) => item.collection === "organisations.announcement");
  const others = one.published.filter((item) => item.collection !== "organisations.announcement");
  return (
    <Page view={view} title={one.name}>
      <p className="eyebrow">{texts.eyebrow}</p>
      <h1 lang={chinese}>{one.name}</h1>
      <p className={one.listing === "none" ? "standing" : "standing listed"}>{standing(view, one)}</p>
      <section aria-labelledby="facts">
        <h2 id="facts">{texts.facts}</h2>
        <Facts view={view} one={one} />
      </section>
      <section aria-labelledby="listings">
        <h2 id="listings">{texts.listings}</h2>
        {one.listings.length === 0 && one.listing === "none" ? <p>{texts.notListed}</p> : null}
        {one.listings.length === 0 && one.listing !== "none" ? <p>{standing(view, one)}</p> : null}
        {one.listings.length > 0 ? (
          <ul className="notices">
            {one.listings.map((item) => (
              <Listing key={item.key} view={view} item={item} />
            ))}
          </ul>
        ) : null}
      </section>
      <section aria-labelledby="inspections">
        <h2 id="inspections">{texts.inspections}</h2>
        {one.inspections.length === 0 ? (
          <p>{texts.noInspections}</p>
        ) : (
          <Inspections view={view} items={one.inspections} />
        )}
      </section>
      <section aria-labelledby="published">
        <h2 id="published">{texts.published}</h2>
        {one.published.length === 0 ? <p>{texts.noPublished}</p> : null}
        {announcements.length > 0 ? <Announcements view={view} items={announcements} /> : null}
        {others.length > 0 ? <Others view={view} items={others} /> : null}
      </section>
      {one.corrections.length > 0 ? (
        <section aria-labelledby="corrections">
          <h2 id="corrections">{texts.corrections}</h2>
          <ul className="notices">
            {one.corrections.map((entry) => (
              <li key={`${entry.collection} ${entry.version}`}>
                <p lang={chinese}>{texts.correction({ date: dateText(view, entry.on), reason: entry.reason })}</p>
                <p className="soft" lang={chinese}>
                  {`${texts.before}: ${[entry.old.groundText, entry.old.article, entry.old.listedOn].filter((value) => typeof value === "string").join("；") || "—"}`}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className="soft">
        {texts.asOf({ published: dateText(view, one.publishedOn), date: dateText(view, one.asOf) })}
      </p>
      <p>
        <a href={`/complaints/new?code=${encodeURIComponent(one.key)}`}>{texts.complain}</a>
      </p>
    </Page>
  );
}
