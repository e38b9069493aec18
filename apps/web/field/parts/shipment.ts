import { useEffect, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words } from "../deliveries.words.ts";
import type { Item, Shipment } from "../delivery.ts";
import { useApp, useView } from "./context.tsx";

/** Everything the phone knows of one shipment: null while it is being opened, undefined when it is not held. */
export function useShipment(id: string): Shipment | null | undefined {
  const app = useApp();
  useView();
  const lists = app.phone.opened?.lists;
  const entry = lists?.shipments.get(id);
  const [body, setBody] = useState<Shipment | null | undefined>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is a new body.
  useEffect(() => {
    let gone = false;
    void lists?.shipment(id).then((found) => {
      if (!gone) setBody(found);
    });
    return () => {
      gone = true;
    };
  }, [lists, id, entry]);
  return body;
}

/** "2 × oximeter, 1 × …" as one reads it aloud. */
export function useQuantities(): (lines: readonly { readonly item: Item; readonly quantity: number }[]) => string {
  const w = useWords(words);
  return (lines) =>
    lines
      .map(({ item, quantity }) => w.quantity({ item: w.items[item], count: quantity, unit: w.units[item] }))
      .join(w.separator);
}

/** Says by sound and in the hand whether a scan was right: eyes are on the device. */
export function signal(good: boolean): void {
  navigator.vibrate?.(good ? 60 : [120, 80, 120]);
  const Audio = globalThis.AudioContext;
  if (!Audio) return;
  const sound = new Audio();
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = good ? 1_200 : 300;
  volume.gain.value = 0.1;
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + (good ? 0.1 : 0.35));
  tone.onended = () => void sound.close();
}
