import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words } from "../field.words.ts";

/** A question above the screen: it is answered or put away before anything else. */
export function Sheet({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const w = useWords(words);
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog ref={box} aria-label={title} onClose={onClose}>
      <div className="stack">
        <h2>{title}</h2>
        {children}
        <button type="button" className="button" data-kind="quiet" onClick={() => box.current?.close()}>
          {w.cancel}
        </button>
      </div>
    </dialog>
  );
}
