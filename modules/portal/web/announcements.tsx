import type { PublishedItem } from "../portal.contract.ts";
import { chineseOnly, dateText, nameIn, namesOf, textsOf, type View } from "./view.ts";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const pairs = [
  ["oldName", "name"],
  ["oldDomicile", "domicile"],
  ["oldLegalRepresentative", "legalRepresentative"],
] as const;

/** What an announcement says has changed: from the old to the new. */
function changesOf(view: View, item: PublishedItem): string {
  const texts = textsOf(view);
  const names = namesOf(view);
  return pairs
    .flatMap(([before, after]) => {
      const old = text(item.body[before]);
      const now = text(item.body[after]);
      return old && now ? [`${names.fields[after]} ${texts.lists.from({ before: old, after: now })}`] : [];
    })
    .join(view.locale === "zh" ? "；" : "; ");
}

/** Announcements of registration, newest first (登记公告). */
export function Announcements({ view, items }: { view: View; items: readonly PublishedItem[] }) {
  const names = namesOf(view);
  return (
    <ul className="notices">
      {items.map((item) => {
        const code = text(item.body.code);
        const on = text(item.body.on) ?? item.publishedOn;
        const changes = changesOf(view, item);
        return (
          <li key={item.key}>
            <p className="soft">
              <time dateTime={on}>{dateText(view, on)}</time>
              {` · ${nameIn(names.acts, text(item.body.act))}`}
            </p>
            <p>
              {code ? (
                <a href={`/organisations/${encodeURIComponent(code)}`} lang={chineseOnly(view)}>
                  {item.title}
                </a>
              ) : (
                <span lang={chineseOnly(view)}>{item.title}</span>
              )}
              {changes ? <span lang={chineseOnly(view)}>{` ${changes}`}</span> : null}
            </p>
            <p className="soft" lang={chineseOnly(view)}>
              {[text(item.body.authority), text(item.body.documentNumber)].filter((one) => one !== null).join(" ")}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
