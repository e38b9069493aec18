import { useCallback, useEffect, useRef, useState } from "react";
import { useApp } from "./context.tsx";

const PAUSE_MS = 100;

/**
 * Words that are being typed (草稿), kept sealed on the phone: a lock, a call or a dead battery costs at most the last tenth of
 * a second. `value` is null until what was kept before has been read.
 */
export function useDraft<T extends object>(
  id: string,
  initial: T,
): { readonly value: T | null; change(part: Partial<T>): void; drop(): Promise<void>; leave(): void } {
  const app = useApp();
  const [outbox] = useState(() => app.phone.opened?.outbox);
  const [value, setValue] = useState<T | null>(null);
  const latest = useRef<T | null>(null);
  const dirty = useRef(false);
  const start = useRef(initial);

  const flush = useCallback(() => {
    if (!dirty.current || latest.current === null) return;
    dirty.current = false;
    void outbox?.keepDraft(id, latest.current);
  }, [outbox, id]);

  useEffect(() => {
    let gone = false;
    void outbox?.draft<T>(id).then((kept) => {
      if (gone) return;
      latest.current = { ...start.current, ...kept };
      setValue(latest.current);
    });
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      gone = true;
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", flush);
      flush();
    };
  }, [outbox, id, flush]);

  useEffect(() => {
    if (value === null || !dirty.current) return;
    const timer = setTimeout(flush, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value, flush]);

  const change = useCallback((part: Partial<T>) => {
    latest.current = { ...(latest.current ?? start.current), ...part };
    dirty.current = true;
    setValue(latest.current);
  }, []);
  /** The act has been written together with the removal of the draft: nothing may bring it back. */
  const leave = useCallback(() => {
    dirty.current = false;
  }, []);
  const drop = useCallback(async () => {
    dirty.current = false;
    await outbox?.keepDraft(id, undefined);
  }, [outbox, id]);
  return { value, change, drop, leave };
}
