import { useEffect, useState } from "react";
import type { Place } from "../care.ts";

/** Where the phone is, asked once when a visit is opened; nobody waits for it. */
export function usePlace(): { readonly state: "asking" | "known" | "none"; readonly place: Place | null } {
  const [state, setState] = useState<"asking" | "known" | "none">("asking");
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    if (!navigator.geolocation) return setState("none");
    let gone = false;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (gone) return;
        setPlace({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracy: Math.min(100_000, Math.round(coords.accuracy)),
        });
        setState("known");
      },
      () => {
        if (!gone) setState("none");
      },
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 },
    );
    return () => {
      gone = true;
    };
  }, []);
  return { state, place };
}
