import { Button, Modal } from "antd";
import { useEffect, useId, useState } from "react";
import { Failed } from "./notices.tsx";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";

/** A masked personal field (遮蔽字段): shown in full only for a stated reason, which is journalled, and masked again soon. */
export function MaskedPerson({
  masked,
  onUnmask,
  label,
}: {
  readonly masked: string;
  readonly onUnmask?: (reason: string) => Promise<string>;
  readonly label: string;
}) {
  const w = useWords(words);
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [full, setFull] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [working, setWorking] = useState(false);
  useEffect(() => {
    if (full === undefined) return;
    const timer = setTimeout(() => setFull(undefined), 60_000);
    return () => clearTimeout(timer);
  }, [full]);
  const show = async () => {
    if (!onUnmask || reason.trim() === "") return;
    setWorking(true);
    setError(undefined);
    try {
      setFull(await onUnmask(reason.trim()));
      setAsking(false);
      setReason("");
    } catch (failure) {
      setError(failure);
    } finally {
      setWorking(false);
    }
  };
  return (
    <span className="masked">
      <span className="masked-value">{full ?? masked}</span>{" "}
      {onUnmask && (
        <Button
          size="small"
          type="link"
          aria-label={`${full === undefined ? w.person.show : w.person.hide}：${label}`}
          onClick={() => (full === undefined ? setAsking(true) : setFull(undefined))}
        >
          {full === undefined ? w.person.show : w.person.hide}
        </Button>
      )}
      {full !== undefined && <span className="masked-note">{w.person.shownUntil}</span>}
      <Modal
        open={asking}
        title={`${w.person.show} · ${label}`}
        okText={w.person.show}
        cancelText={w.act.cancel}
        onCancel={() => setAsking(false)}
        onOk={show}
        okButtonProps={{ disabled: reason.trim() === "", loading: working && { icon: <span /> } }}
        destroyOnHidden
      >
        <label htmlFor={id}>{w.person.why}</label>
        <textarea
          id={id}
          className="plain-input"
          rows={3}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
        />
        <p>{w.person.whyHelp}</p>
        {error !== undefined && <Failed error={error} />}
      </Modal>
    </span>
  );
}
