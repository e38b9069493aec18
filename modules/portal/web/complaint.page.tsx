import type { z } from "zod";
import type { getComplaintStatus, sendComplaint } from "../portal.contract.ts";
import { Page } from "./layout.tsx";
import { chineseOnly, dateText, textsOf, type View } from "./view.ts";

/** Texts typed into a form, kept when it comes back. */
export type Typed = Readonly<Record<string, string>>;
/** What is wrong, by field, as sentences. */
export type Problems = Readonly<Record<string, string>>;

function Summary({ view, problems, title }: { view: View; problems: Problems; title: string }) {
  const entries = Object.entries(problems);
  if (entries.length === 0) return null;
  const fields = textsOf(view).complaint.fields as Readonly<Record<string, string>>;
  const colon = view.locale === "zh" ? "：" : ": ";
  return (
    <div className="errors" role="alert" aria-labelledby="errors">
      <h2 id="errors">{title}</h2>
      <p>{textsOf(view).complaint.notSent}</p>
      <ul>
        {entries.map(([field, problem]) => (
          <li key={field}>
            {field in fields ? <a href={`#${field}`}>{`${fields[field]}${colon}${problem}`}</a> : problem}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Field({
  view,
  name,
  label,
  hint,
  typed,
  problems,
  long,
  required,
  max,
}: {
  view: View;
  name: string;
  label: string;
  hint?: string;
  typed: Typed;
  problems: Problems;
  long?: boolean;
  required?: boolean;
  max: number;
}) {
  const texts = textsOf(view).complaint;
  const problem = problems[name];
  const described = [hint ? `${name}-hint` : "", problem ? `${name}-problem` : ""]
    .filter((one) => one !== "")
    .join(" ");
  const common = {
    id: name,
    name,
    maxLength: max,
    defaultValue: typed[name] ?? "",
    "aria-describedby": described || undefined,
    "aria-invalid": problem ? true : undefined,
  };
  return (
    <p className={problem ? "field wrong" : "field"}>
      <label htmlFor={name}>
        {label}
        {required ? null : <span className="soft"> ({texts.optional})</span>}
      </label>
      {hint ? (
        <span className="hint" id={`${name}-hint`}>
          {hint}
        </span>
      ) : null}
      {problem ? (
        <span className="problem" id={`${name}-problem`}>
          {problem}
        </span>
      ) : null}
      {long ? (
        <textarea {...common} rows={9} required={required} />
      ) : (
        <input {...common} autoComplete="off" required={required} />
      )}
    </p>
  );
}

/** The form for a complaint (反映问题). `token` makes a form sent twice one complaint. */
export function ComplaintPage({
  view,
  typed,
  problems,
  about,
  token,
}: {
  view: View;
  typed: Typed;
  problems: Problems;
  about: string | null;
  token: string;
}) {
  const texts = textsOf(view).complaint;
  const common = { view, typed, problems };
  return (
    <Page view={view} title={texts.title}>
      <h1>{texts.title}</h1>
      <p className="lead">{texts.lead}</p>
      <Summary view={view} problems={problems} title={texts.errors} />
      <form action="/complaints" method="post" className="narrow" noValidate>
        <input type="hidden" name="token" value={token} />
        {about ? (
          <p className="about" lang={chineseOnly(view)}>
            {texts.about({ name: about })}
          </p>
        ) : null}
        <Field {...common} name="code" label={texts.code} hint={texts.codeHint} max={60} />
        <Field {...common} name="text" label={texts.text} hint={texts.textHint} long required max={4000} />
        <Field {...common} name="name" label={texts.name} max={60} />
        <Field {...common} name="contact" label={texts.contact} max={120} />
        <p className="trap" aria-hidden="true">
          <label htmlFor="website">{texts.trap}</label>
          <input id="website" name="website" tabIndex={-1} autoComplete="off" defaultValue={typed.website ?? ""} />
        </p>
        <p>
          <button type="submit">{texts.submit}</button>
        </p>
      </form>
      <p>
        {texts.already} <a href="/complaints/status">{texts.statusLink}</a>
      </p>
    </Page>
  );
}

/** What was received (回执): number, receipt code, and what happens next. */
export function ReceiptPage({ view, received }: { view: View; received: z.infer<typeof sendComplaint.output> }) {
  const texts = textsOf(view).complaint;
  return (
    <Page view={view} title={texts.receiptTitle}>
      <h1>{texts.receiptTitle}</h1>
      <p className="lead">{texts.receiptLead}</p>
      <dl className="facts receipt">
        <div>
          <dt>{texts.number}</dt>
          <dd className="code">{received.number}</dd>
        </div>
        <div>
          <dt>{texts.receipt}</dt>
          <dd className="code">{(received.receipt.match(/.{1,4}/g) ?? []).join("-")}</dd>
        </div>
        <div>
          <dt>{texts.receivedOn}</dt>
          <dd>{dateText(view, received.receivedOn)}</dd>
        </div>
        {received.organisation ? (
          <div>
            <dt>{texts.organisation}</dt>
            <dd lang={chineseOnly(view)}>{received.organisation}</dd>
          </div>
        ) : null}
      </dl>
      <h2>{texts.next}</h2>
      <p>{texts.nextText({ date: dateText(view, received.acceptBy) })}</p>
      <p>
        <a href="/complaints/status">{texts.statusLink}</a>
      </p>
    </Page>
  );
}

/** Asks what has become of a complaint (查询办理情况). The secret travels in the body, never in an address. */
export function StatusPage({
  view,
  typed,
  problems,
  found,
  receipt = "",
  reviewed,
}: {
  view: View;
  typed: Typed;
  problems: Problems;
  found?: z.infer<typeof getComplaintStatus.output>;
  /** The secret the answer was opened with: it goes along in the body of the next request, never in an address. */
  receipt?: string;
  /** The day by which a review just asked for is answered. */
  reviewed?: string;
}) {
  const texts = textsOf(view).complaint;
  const chinese = chineseOnly(view);
  const common = { view, typed, problems };
  const lines: [string, string | null, boolean][] = found
    ? [
        [texts.organisation, found.organisation ?? texts.other, found.organisation !== null],
        [texts.receivedOn, dateText(view, found.receivedOn), false],
        [texts.acceptBy, found.acceptedOn || found.answeredOn ? null : dateText(view, found.acceptBy), false],
        [texts.acceptedOn, found.acceptedOn ? dateText(view, found.acceptedOn) : null, false],
        [texts.answeredOn, found.answeredOn ? dateText(view, found.answeredOn) : null, false],
        [texts.responsible, found.responsible, true],
        [texts.answer, found.answer, true],
        [texts.reviewAskedOn, found.reviewAskedOn ? dateText(view, found.reviewAskedOn) : null, false],
        [texts.reviewedOn, found.reviewedOn ? dateText(view, found.reviewedOn) : null, false],
        [texts.reviewAnswer, found.reviewAnswer, true],
      ]
    : [];
  return (
    <Page view={view} title={texts.statusTitle}>
      <h1>{texts.statusTitle}</h1>
      <Summary view={view} problems={problems} title={texts.errors} />
      {found ? (
        <section aria-labelledby="state">
          <h2 id="state">{`${found.number}: ${texts.states[found.state]}`}</h2>
          <dl className="facts">
            {lines.map(([name, value, chineseText]) =>
              value === null ? null : (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="kept" lang={chineseText ? chinese : undefined}>
                    {value}
                  </dd>
                </div>
              ),
            )}
          </dl>
        </section>
      ) : null}
      {reviewed ? (
        <p className="lead" role="status">
          {texts.reviewAsked({ date: dateText(view, reviewed) })}
        </p>
      ) : null}
      {found?.reviewUntil ? (
        <section aria-labelledby="review">
          <h2 id="review">{texts.reviewTitle}</h2>
          <p>{texts.reviewLead({ until: dateText(view, found.reviewUntil) })}</p>
          <form action="/complaints/review" method="post" className="narrow" noValidate>
            <input type="hidden" name="number" value={found.number} />
            <input type="hidden" name="receipt" value={receipt} />
            <Field {...common} name="reason" label={texts.reviewReason} required max={2000} long />
            <p>
              <button type="submit">{texts.reviewSend}</button>
            </p>
          </form>
        </section>
      ) : null}
      <p className="lead">{texts.statusLead}</p>
      <form action="/complaints/status" method="post" className="narrow" noValidate>
        <Field {...common} name="number" label={texts.number} required max={40} />
        <Field {...common} name="receipt" label={texts.receipt} required max={40} />
        <p>
          <button type="submit">{texts.check}</button>
        </p>
      </form>
    </Page>
  );
}
