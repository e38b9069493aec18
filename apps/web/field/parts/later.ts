import { useEffect, useState } from "react";

/** A part of the application that is asked for when it is first wanted; kept on the phone like the rest. Undefined: it is not here. */
export function useLater<Part>(load: () => Promise<Part>): Part | null | undefined {
  const [part, setPart] = useState<Part | null | undefined>(null);
  useEffect(() => {
    let gone = false;
    load().then(
      (found) => {
        if (!gone) setPart(() => found);
      },
      () => {
        if (!gone) setPart(undefined);
      },
    );
    return () => {
      gone = true;
    };
  }, [load]);
  return part;
}
