import { Modal } from "antd";
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { useComposition } from "./composition.ts";
import { useSession } from "./session.tsx";
import { usePreferences, useWords } from "./ui/preferences.tsx";
import { useProblemSentence } from "./ui/problem-sentence.ts";
import { words } from "./ui/ui.words.ts";
import type { Hit } from "./web-module.ts";

interface Group {
  readonly title: string;
  readonly hits: readonly Hit[];
}

/** Finds organisations, pages and tasks from anywhere (全局查找): `/` or Ctrl-K. */
export function GlobalSearch() {
  const w = useWords(words).shell;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      const typing = target?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target?.tagName ?? "");
      const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
      if (!wanted) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button type="button" className="shell-search" onClick={() => setOpen(true)}>
        {w.search}
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={w.searchTitle}
        footer={null}
        destroyOnHidden
        style={{ top: 72 }}
      >
        <Palette onLeave={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Palette({ onLeave }: { readonly onLeave: () => void }) {
  const w = useWords(words);
  const { locale } = usePreferences();
  const { hasRole } = useSession();
  const modules = useComposition();
  const navigate = useNavigate();
  const sentence = useProblemSentence();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<readonly Group[]>([]);
  const [error, setError] = useState<unknown>();
  const [at, setAt] = useState(0);

  const near = useMemo<readonly Group[]>(() => {
    const wanted = typed.trim().toLowerCase();
    const pages = modules
      .flatMap((one) => one.pages)
      .filter((page) => hasRole(page.who))
      .filter(
        (page) => wanted === "" || Object.values(page.title).some((title) => title.toLowerCase().includes(wanted)),
      );
    const hit = (page: (typeof pages)[number]): Hit => ({ to: page.to, label: page.title[locale] });
    return [
      { title: w.shell.searchActs, hits: pages.filter((page) => page.task).map(hit) },
      { title: w.shell.searchPages, hits: pages.filter((page) => !page.task).map(hit) },
    ];
  }, [typed, modules, hasRole, locale, w]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts a new search.
  useEffect(() => {
    const wanted = typed.trim();
    setAt(0);
    setError(undefined);
    if (wanted.length < 2) {
      setFound([]);
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const finders = modules.flatMap((one) => one.finders ?? []).filter((finder) => hasRole(finder.who));
        const groups = await Promise.all(
          finders.map(async (finder) => ({
            title: finder.title[locale],
            hits: await finder.find(wanted, control.signal),
          })),
        );
        if (!control.signal.aborted) setFound(groups);
      } catch (failure) {
        if (!control.signal.aborted) setError(failure);
      }
    }, 200);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [typed]);

  const groups = [...found, ...near].filter((group) => group.hits.length > 0);
  const hits = groups.flatMap((group) => group.hits);
  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    onLeave();
    void navigate(hit.to);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") go(hits[at]);
    else return;
    event.preventDefault();
  };
  let index = -1;
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened in order to type.
        autoFocus
        className="finder-input"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-activedescendant={hits[at] ? `${list}-${at}` : undefined}
        aria-label={w.shell.searchTitle}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKey}
      />
      <p className="finder-hint">{w.shell.searchHint}</p>
      {error !== undefined && (
        <p role="alert" className="field-trouble">
          {sentence(error)}
        </p>
      )}
      {hits.length === 0 && error === undefined && typed.trim().length >= 2 && (
        <p role="status">{w.shell.searchNothing}</p>
      )}
      <div id={list} role="listbox" aria-label={w.shell.searchTitle} className="finder-list">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox.
          <div key={group.title} role="group" aria-label={group.title}>
            <div className="finder-group" aria-hidden="true">
              {group.title}
            </div>
            {group.hits.map((hit) => {
              index += 1;
              const mine = index;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the input that owns the list.
                // biome-ignore lint/a11y/useFocusableInteractive: the active option is named by aria-activedescendant.
                <div
                  key={`${hit.to}${hit.label}`}
                  id={`${list}-${mine}`}
                  role="option"
                  aria-selected={mine === at}
                  className="finder-hit"
                  onMouseMove={() => setAt(mine)}
                  onClick={() => go(hit)}
                >
                  <span>{hit.label}</span>
                  {hit.note && <span className="finder-note">{hit.note}</span>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </>
  );
}
