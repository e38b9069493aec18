import { Button } from "antd";
import { useState } from "react";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";

/** Asks how things stood on a day (查看某日的情况), and leads back to now. */
export function AsOf({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (date: string | undefined) => void;
}) {
  const w = useWords(words).asOf;
  const [typed, setTyped] = useState(value ?? "");
  return (
    <form
      className="as-of"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed || undefined);
      }}
    >
      <label>
        <span>{w.label}</span>{" "}
        <input
          type="date"
          className="plain-input"
          value={typed}
          max={dateInShanghai(new Date())}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <Button size="small" htmlType="submit">
        {w.show}
      </Button>
      {value && (
        <Button
          size="small"
          onClick={() => {
            setTyped("");
            onChange(undefined);
          }}
        >
          {w.now}
        </Button>
      )}
    </form>
  );
}
