import { useEffect, useRef, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words } from "../delivery.words.ts";
import { makeReader } from "./qr-reader.ts";

const PAUSE_MS = 120;
/** A code that stays in sight is one scan; it counts anew after it was out of sight this long. */
const FORGET_MS = 1_500;

/** Opens the camera at the back and says what every code reads (扫码); the way without a camera stands beside it. */
export function Scanner({
  onRead,
  onClose,
}: {
  readonly onRead: (text: string) => void;
  readonly onClose: () => void;
}) {
  const w = useWords(words).count;
  const video = useRef<HTMLVideoElement>(null);
  const lamp = useRef<MediaStreamTrack | null>(null);
  const [state, setState] = useState<"opening" | "on" | "denied" | "missing">("opening");
  const [light, setLight] = useState<boolean | null>(null);
  const told = useRef(onRead);
  told.current = onRead;

  useEffect(() => {
    let gone = false;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const open = async () => {
      if (!navigator.mediaDevices?.getUserMedia) return setState("missing");
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: { ideal: "environment" }, width: { ideal: 1_280 }, height: { ideal: 720 } },
        });
      } catch (error) {
        if (!gone) setState(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "missing");
        return;
      }
      const box = video.current;
      if (gone || !box) return stop();
      const [track] = stream.getVideoTracks();
      if (track && "torch" in (track.getCapabilities?.() ?? {})) {
        lamp.current = track;
        setLight(false);
      }
      box.srcObject = stream;
      await box.play().catch(() => {});
      const read = await makeReader();
      if (gone) return;
      setState("on");
      let last = { text: "", seen: 0 };
      const look = async () => {
        const text = document.visibilityState === "visible" ? await read(box) : null;
        if (gone) return;
        const now = performance.now();
        if (text !== null) {
          if (text !== last.text || now - last.seen > FORGET_MS) told.current(text);
          last = { text, seen: now };
        }
        timer = setTimeout(() => void look(), PAUSE_MS);
      };
      await look();
    };
    void open().catch(() => {
      if (!gone) setState("missing");
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      lamp.current = null;
      stop();
    };
  }, []);

  const shine = async () => {
    const next = light !== true;
    // Not among the types of the language yet; a phone that refuses stays dark.
    const wish = { advanced: [{ torch: next }] } as unknown as MediaTrackConstraints;
    await lamp.current?.applyConstraints(wish).then(
      () => setLight(next),
      () => setLight(null),
    );
  };

  if (state === "denied" || state === "missing")
    return (
      <p className="note" data-tone="warn" role="alert">
        {w[state]}
      </p>
    );
  return (
    <div className="stack">
      <div className="scanner">
        <video ref={video} muted playsInline aria-label={w.camera} />
      </div>
      <p className="soft" role="status">
        {state === "opening" ? w.opening : w.camera}
      </p>
      <div className="row">
        {light !== null && (
          <button type="button" className="button" onClick={() => void shine()}>
            {light ? w.dark : w.light}
          </button>
        )}
        <button type="button" className="button" data-kind="quiet" onClick={onClose}>
          {w.stop}
        </button>
      </div>
    </div>
  );
}
