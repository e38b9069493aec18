import { type ReactNode, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import type { Contact } from "../app.ts";
import { words as careWords } from "../care.words.ts";
import { wrongClock } from "../clock.rules.ts";
import { words } from "../field.words.ts";
import { EmergencySheet } from "../screens/emergency-sheet.tsx";
import { useApp, useReason, useView } from "./context.tsx";
import { useRoute } from "./route.ts";

/** Network and unsent work in plain words, at the top of every screen. */
export function StatusLine() {
  const w = useWords(words).status;
  const view = useView();
  const app = useApp();
  const reason = useReason();
  const { contact } = view;
  const text = [networkWords(contact, w), view.unsent > 0 ? w.unsent({ count: view.unsent }) : w.none].join(w.join);
  const off = !["quiet", "busy"].includes(contact.kind);
  const drift = app.phone.opened ? wrongClock(app.phone.sync.driftMinutes) : null;
  return (
    <>
      <div className="status" role="status" aria-label={w.label} data-tone={off ? "off" : "on"}>
        <span>{text}</span>
        {contact.kind === "signed-out" && <a href="#/sign-in">{w.signIn}</a>}
      </div>
      {contact.kind === "refused" && (
        <p className="note" data-tone="warn">
          {reason(contact.code)}
        </p>
      )}
      {drift !== null && (
        <p className="note" data-tone="warn">
          {drift > 0 ? w.fast({ minutes: drift }) : w.slow({ minutes: -drift })}
        </p>
      )}
      {app.phone.opened && app.phone.sync.capped > 0 && (
        <p className="note" data-tone="warn">
          {w.capped({ count: app.phone.sync.capped })}
        </p>
      )}
    </>
  );
}

function networkWords(contact: Contact, w: ReturnType<typeof statusWords>): string {
  switch (contact.kind) {
    case "quiet":
      return navigator.onLine ? w.online : w.offline;
    case "busy":
      return w.busy[contact.what];
    case "offline":
      return w.offline;
    case "unreachable":
      return w.unreachable;
    case "waiting":
      return w.waiting;
    case "signed-out":
      return w.signedOut;
    case "refused":
      return w.refused;
  }
}
const statusWords = () => words.zh.status;

/** The frame of a screen: status, heading, content, and below the ways on with the red button in its corner. */
export function Screen({
  title,
  back,
  children,
  action,
}: {
  readonly title: ReactNode;
  readonly back?: string;
  readonly children: ReactNode;
  /** What this screen is for, in place of the ways on. */
  readonly action?: ReactNode;
}) {
  const w = useWords(words);
  return (
    <>
      <main className="screen">
        <StatusLine />
        <div className="head">
          {back !== undefined && (
            <a className="back" href={`#/${back}`}>
              ‹ {w.back}
            </a>
          )}
          <h1>{title}</h1>
        </div>
        {children}
      </main>
      <Bar>{action ?? <Ways />}</Bar>
    </>
  );
}

function Ways() {
  const w = useWords(words);
  const [here = ""] = useRoute();
  const ways = [
    { path: "", label: w.pages.today },
    { path: "outbox", label: w.pages.upload },
    { path: "settings", label: w.pages.settings },
  ];
  return (
    <nav aria-label={w.nav}>
      {ways.map(({ path, label }) => (
        <a key={path} href={`#/${path}`} aria-current={here === path ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

/** The bar at the bottom: what one does on the left, the emergency always in the same corner. */
export function Bar({ children }: { readonly children?: ReactNode }) {
  const w = useWords(careWords).emergency;
  const [asked, setAsked] = useState(false);
  return (
    <div className="bar">
      <div>
        <div className="slot">{children}</div>
        <button type="button" className="emergency" onClick={() => setAsked(true)}>
          {w.button}
        </button>
      </div>
      {asked && <EmergencySheet onClose={() => setAsked(false)} />}
    </div>
  );
}
