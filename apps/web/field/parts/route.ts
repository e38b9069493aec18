import { useSyncExternalStore } from "react";

const read = () => location.hash.replace(/^#\/?/, "");

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** Where the reader is: the parts after the hash, so that the phone's own back key works. */
export function useRoute(): readonly string[] {
  const hash = useSyncExternalStore(subscribe, read);
  return hash === "" ? [] : hash.split("/");
}

export function go(path: string, replace = false): void {
  if (replace) location.replace(`#/${path}`);
  else location.hash = `/${path}`;
  scrollTo(0, 0);
}
