import { useWords } from "./preferences.tsx";
import { StatusWord } from "./status-word.tsx";
import { words } from "./ui.words.ts";

/** A way to a document (文书): its title, its number, and whether it is void. */
export function DocumentLink({
  href,
  title,
  number,
  isVoid = false,
}: {
  readonly href: string;
  readonly title: string;
  readonly number?: string | null;
  readonly isVoid?: boolean;
}) {
  const w = useWords(words).document;
  return (
    <span className="document-link">
      <a href={href} target="_blank" rel="noreferrer">
        {title}
      </a>
      {number && <span className="document-number"> {number}</span>}
      {isVoid && (
        <>
          {" "}
          <StatusWord tone="muted">{w.void}</StatusWord>
        </>
      )}
    </span>
  );
}
