import { Button, Modal } from "antd";
import { type ReactNode, useId, useState } from "react";
import { classes } from "./classes.ts";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import "./act-button.css";

export interface ActButtonProps {
  readonly children: ReactNode;
  readonly onAct: () => unknown;
  /** Why it cannot be done now: the button stays visible and says so. One reason or several. */
  readonly unavailable?: string | readonly string[] | false;
  /** An act with legal effect wears the seal colour and asks once (有法律效力). */
  readonly legal?: boolean;
  readonly primary?: boolean;
  /** What exactly will happen, shown when it asks; acts with legal effect always ask. */
  readonly confirm?: ReactNode;
  readonly busy?: boolean;
  readonly size?: "small" | "middle" | "large";
}

/** A button that says why it cannot be pressed (办理按钮) instead of disappearing or greying out without a word. */
export function ActButton({
  children,
  onAct,
  unavailable,
  legal = false,
  primary = false,
  confirm,
  busy = false,
  size = "middle",
}: ActButtonProps) {
  const w = useWords(words).act;
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [acting, setActing] = useState(false);
  const reasons = unavailable ? (typeof unavailable === "string" ? [unavailable] : unavailable) : [];
  const blocked = reasons.length > 0;
  const run = async () => {
    setActing(true);
    try {
      await onAct();
    } finally {
      setActing(false);
      setAsking(false);
    }
  };
  return (
    <span className={"act"}>
      <Button
        type={primary || legal ? "primary" : "default"}
        size={size}
        className={classes(legal && "act-legal", blocked && "act-shut")}
        aria-disabled={blocked || undefined}
        aria-describedby={blocked ? id : undefined}
        loading={(busy || (acting && !asking)) && { icon: <span /> }}
        onClick={() => {
          if (blocked || acting) return;
          if (legal || confirm) setAsking(true);
          else void run();
        }}
      >
        {busy ? w.working : children}
      </Button>
      {blocked && (
        <span className="act-why" id={id}>
          {reasons.length === 1 ? (
            reasons[0]
          ) : (
            <>
              {w.blocked}
              <ul>
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </>
          )}
        </span>
      )}
      {(legal || confirm) && (
        <Modal
          open={asking}
          title={children}
          onCancel={() => setAsking(false)}
          okText={acting ? w.working : legal ? w.confirm : children}
          cancelText={w.cancel}
          okButtonProps={{ className: classes(legal && "act-legal"), loading: acting && { icon: <span /> } }}
          onOk={run}
          destroyOnHidden
        >
          {confirm}
          {legal && <p className="act-legal-note">{w.confirmLegal}</p>}
        </Modal>
      )}
    </span>
  );
}
