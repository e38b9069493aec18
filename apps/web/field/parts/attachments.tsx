import { useEffect, useRef, useState } from "react";
import { useWords } from "../../ui/preferences.tsx";
import { words } from "../care.words.ts";
import { clockText } from "../emergency.rules.ts";
import { useApp } from "./context.tsx";
import { smallPhoto } from "./image.ts";

const MOST_PHOTOS = 6;
const VOICE_MS = 120_000;

/** Shows a sealed file as a picture or a sound; the address is let go when it is no longer shown. */
function useSealedFile(id: string | null): string | null {
  const app = useApp();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!id) return setAddress(null);
    let made: string | null = null;
    let gone = false;
    void app.phone.opened?.outbox.file(id).then((file) => {
      if (gone || !file) return;
      made = URL.createObjectURL(new Blob([file.bytes], { type: file.type }));
      setAddress(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [app, id]);
  return address;
}

async function keep(app: ReturnType<typeof useApp>, blob: Blob): Promise<string> {
  const outbox = app.phone.opened?.outbox;
  if (!outbox) throw new Error("the phone is locked");
  return outbox.addFile(await blob.arrayBuffer(), blob.type, Date.now());
}

function Photo({
  id,
  number,
  onRemove,
}: {
  readonly id: string;
  readonly number: number;
  readonly onRemove: () => void;
}) {
  const w = useWords(words).visit;
  const address = useSealedFile(id);
  return (
    <div className="stack">
      {address && <img src={address} alt={w.photoAlt({ number })} />}
      <button type="button" className="button" data-kind="quiet" onClick={onRemove}>
        {w.photoRemove({ number })}
      </button>
    </div>
  );
}

/** Photos from the camera, made small and sealed at once (拍照). */
export function Photos({
  ids,
  title,
  onChange,
}: {
  readonly ids: readonly string[];
  /** What to take a photo of, where it is not a visit. */
  readonly title?: string;
  readonly onChange: (ids: readonly string[]) => void;
}) {
  const w = useWords(words).visit;
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"" | "working" | "unreadable">("");
  const take = async (file: File | undefined) => {
    if (!file) return;
    setState("working");
    try {
      const id = await keep(app, await smallPhoto(file));
      onChange([...ids, id]);
      setState("");
    } catch {
      setState("unreadable");
    }
  };
  const remove = (id: string) => {
    onChange(ids.filter((one) => one !== id));
    void app.phone.opened?.outbox.removeFile(id);
  };
  return (
    <section className="stack">
      <h2>{title ?? w.photo}</h2>
      <div className="photos">
        {ids.map((id, at) => (
          <Photo key={id} id={id} number={at + 1} onRemove={() => remove(id)} />
        ))}
      </div>
      {state === "working" && <p role="status">{w.photoWorking}</p>}
      {state === "unreadable" && (
        <p className="note" data-tone="bad" role="alert">
          {w.photoUnreadable}
        </p>
      )}
      {ids.length >= MOST_PHOTOS ? (
        <p className="soft">{w.photoMost}</p>
      ) : (
        <>
          <input
            ref={input}
            className="hidden"
            type="file"
            accept="image/*"
            capture="environment"
            tabIndex={-1}
            aria-label={title ?? w.photo}
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
          <button
            type="button"
            className="button"
            disabled={state === "working"}
            onClick={() => input.current?.click()}
          >
            {w.photoAdd}
          </button>
        </>
      )}
    </section>
  );
}

/** What this browser can record, best for a slow network first. */
function voiceType(): string | undefined {
  if (typeof MediaRecorder === "undefined") return undefined;
  return ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"].find((one) =>
    MediaRecorder.isTypeSupported(one),
  );
}

/** A voice note of two minutes at most (录音), sealed when it ends. */
export function Voice({
  id,
  onChange,
}: {
  readonly id: string | null;
  readonly onChange: (id: string | null) => void;
}) {
  const w = useWords(words).visit;
  const app = useApp();
  const recorder = useRef<MediaRecorder | null>(null);
  const [since, setSince] = useState<number | null>(null);
  const [now, setNow] = useState(0);
  const [trouble, setTrouble] = useState<"" | "denied" | "missing">("");
  const address = useSealedFile(id);
  useEffect(() => {
    if (since === null) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      app.touch();
      if (Date.now() - since > VOICE_MS) recorder.current?.stop();
    }, 500);
    return () => clearInterval(timer);
  }, [since, app]);
  useEffect(() => () => recorder.current?.stop(), []);
  const start = async () => {
    const mimeType = voiceType();
    if (!mimeType) return setTrouble("missing");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts: Blob[] = [];
      const one = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 24_000 });
      one.ondataavailable = (event) => parts.push(event.data);
      one.onstop = () => {
        recorder.current = null;
        for (const track of stream.getTracks()) track.stop();
        setSince(null);
        void keep(app, new Blob(parts, { type: mimeType.split(";")[0] })).then(onChange);
      };
      one.start();
      recorder.current = one;
      setTrouble("");
      setNow(Date.now());
      setSince(Date.now());
    } catch {
      setTrouble("denied");
    }
  };
  const remove = () => {
    if (id) void app.phone.opened?.outbox.removeFile(id);
    onChange(null);
  };
  return (
    <section className="stack">
      <h2>{w.voice}</h2>
      {trouble !== "" && (
        <p className="note" data-tone="warn" role="alert">
          {trouble === "denied" ? w.voiceDenied : w.voiceMissing}
        </p>
      )}
      {id ? (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: the recording was just spoken by the listener. */}
          {address && <audio controls src={address} aria-label={w.voice} />}
          <button type="button" className="button" data-kind="quiet" onClick={remove}>
            {w.voiceRemove}
          </button>
        </>
      ) : since === null ? (
        <button type="button" className="button" onClick={() => void start()}>
          {w.voiceStart}
        </button>
      ) : (
        <button type="button" className="button" data-kind="main" onClick={() => recorder.current?.stop()}>
          {w.voiceStop({ clock: clockText(new Date(since).toISOString(), Math.max(now, since)) })}
        </button>
      )}
    </section>
  );
}

/** A signature drawn with the finger (签名). */
export function Signature({
  id,
  title,
  help,
  onChange,
}: {
  readonly id: string | null;
  /** Whose signature, where several people sign. */
  readonly title?: string;
  readonly help?: string;
  readonly onChange: (id: string | null) => void;
}) {
  const w = useWords(words).visit;
  const app = useApp();
  const paper = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const address = useSealedFile(id);
  const at = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { width, height } = event.currentTarget;
    return [
      ((event.clientX - box.left) * width) / box.width,
      ((event.clientY - box.top) * height) / box.height,
    ] as const;
  };
  const begin = (event: React.PointerEvent<HTMLCanvasElement>) => {
    const pen = event.currentTarget.getContext("2d");
    if (!pen) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pen.lineWidth = 5;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#1f2329";
    pen.beginPath();
    pen.moveTo(...at(event));
  };
  const draw = (event: React.PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 0) return;
    const pen = event.currentTarget.getContext("2d");
    pen?.lineTo(...at(event));
    pen?.stroke();
    setDrawn(true);
  };
  const clear = () => {
    const canvas = paper.current;
    canvas?.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
    setDrawn(false);
  };
  const done = () =>
    paper.current?.toBlob((blob) => {
      if (blob) void keep(app, blob).then(onChange);
    }, "image/png");
  const again = () => {
    if (id) void app.phone.opened?.outbox.removeFile(id);
    onChange(null);
    setDrawn(false);
  };
  return (
    <section className="stack">
      {title ? <h3>{title}</h3> : <h2>{w.signature}</h2>}
      {id ? (
        <>
          <p className="word" data-tone="good">
            {w.signatureKept}
          </p>
          {address && <img className="paper" src={address} alt={title ?? w.signatureAlt} />}
          <button type="button" className="button" data-kind="quiet" onClick={again}>
            {w.signatureClear}
          </button>
        </>
      ) : (
        <details>
          <summary>{help ?? w.signatureHelp}</summary>
          <div className="stack">
            <canvas
              ref={paper}
              className="paper"
              width={900}
              height={360}
              aria-label={help ?? w.signatureHelp}
              role="img"
              onPointerDown={begin}
              onPointerMove={draw}
            />
            <div className="row">
              <button type="button" className="button" data-kind="quiet" onClick={clear}>
                {w.signatureClear}
              </button>
              <button type="button" className="button" disabled={!drawn} onClick={done}>
                {w.signatureKeep}
              </button>
            </div>
          </div>
        </details>
      )}
    </section>
  );
}
