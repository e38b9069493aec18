import { Button, Select } from "antd";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { Field, type FieldProps } from "./fields.tsx";
import { useForm } from "./form-page.tsx";
import { showSize } from "./format.ts";
import { Failed } from "./notices.tsx";
import { useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";

export interface Found {
  readonly value: string;
  readonly label: string;
  /** The path above it, or its code: what tells two of one name apart. */
  readonly note?: string;
}

/** Searches while typing and picks one (查找选择): divisions, organisations, units. `search` answers at most twenty. */
export function SearchPicker({
  id,
  value,
  onChange,
  search,
  placeholder,
  nothing,
  label,
  describe,
}: {
  readonly id?: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined, found: Found | undefined) => void;
  readonly search: (typed: string) => Promise<readonly Found[]>;
  readonly placeholder?: string;
  readonly nothing?: string;
  readonly label?: string;
  readonly describe?: string;
}) {
  const w = useWords(words);
  const [options, setOptions] = useState<readonly Found[]>([]);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const latest = useRef(0);
  const held = useRef(search);
  held.current = search;
  // The value of a draft or a link has no name yet: it is looked up once.
  const wanted = typed || (value && !options.some((one) => one.value === value) ? value : "");
  useEffect(() => {
    if (wanted === "") return;
    latest.current += 1;
    const mine = latest.current;
    const timer = setTimeout(async () => {
      setBusy(true);
      try {
        const found = await held.current(wanted);
        if (mine === latest.current) {
          setOptions(found);
          setFailed(false);
        }
      } catch {
        if (mine === latest.current) setFailed(true);
      } finally {
        if (mine === latest.current) setBusy(false);
      }
    }, 250);
    return () => clearTimeout(timer);
  }, [wanted]);
  return (
    <Select
      id={id}
      aria-label={label}
      aria-describedby={describe}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      value={value}
      placeholder={placeholder}
      onOpenChange={(open) => {
        // A short list shows itself; a long one answers nothing before something is typed.
        if (!open || wanted !== "" || options.length > 0) return;
        held.current("").then(
          (found) => setOptions((known) => (known.length > 0 ? known : found)),
          () => {},
        );
      }}
      notFoundContent={
        busy ? w.states.loading : failed ? w.states.noAnswer : typed ? (nothing ?? w.shell.searchNothing) : placeholder
      }
      options={options.map((one) => ({ value: one.value, label: one.label, note: one.note }))}
      optionRender={(option) => (
        <span className="picker-option">
          {option.label}
          {option.data.note && <span className="picker-note">{option.data.note}</span>}
        </span>
      )}
      onChange={(next: string | undefined) =>
        onChange(
          next,
          options.find((one) => one.value === next),
        )
      }
      style={{ width: "100%" }}
    />
  );
}

/** An administrative division (行政区划), found by name or code, province to village. */
export function DivisionField(props: FieldProps & { readonly search: (typed: string) => Promise<readonly Found[]> }) {
  const w = useWords(words).form;
  const form = useForm();
  return (
    <Field {...props}>
      {(control) => (
        <SearchPicker
          id={control.id}
          describe={control["aria-describedby"]}
          value={form.values[props.name] as string | undefined}
          onChange={(value) => form.set(props.name, value)}
          search={props.search}
          placeholder={w.searchDivision}
          nothing={w.noDivision}
        />
      )}
    </Field>
  );
}

/** An organisation, a unit, or anything else that is found by name. */
export function SearchField(
  props: FieldProps & {
    readonly search: (typed: string) => Promise<readonly Found[]>;
    readonly placeholder?: string;
    readonly onPick?: (found: Found | undefined) => void;
  },
) {
  const form = useForm();
  return (
    <Field {...props}>
      {(control) => (
        <SearchPicker
          id={control.id}
          describe={control["aria-describedby"]}
          value={form.values[props.name] as string | undefined}
          onChange={(value, found) => {
            form.set(props.name, value);
            props.onPick?.(found);
          }}
          search={props.search}
          placeholder={props.placeholder}
        />
      )}
    </Field>
  );
}

/** A file to hand in (附件): chosen or dropped, sent at once with its progress, removable until the form is sent. */
export function FileDrop({
  label,
  accept,
  onFile,
  done,
  onRemove,
}: {
  readonly label: string;
  readonly accept?: string;
  readonly onFile: (file: File, progress: (share: number) => void) => Promise<unknown>;
  readonly done?: { readonly name: string; readonly size?: number };
  readonly onRemove?: () => void;
}) {
  const w = useWords(words).form;
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>();
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setError(undefined);
    setShare(0);
    try {
      await onFile(file, (part) => setShare(part));
    } catch (failure) {
      setError(failure);
    } finally {
      setShare(null);
      if (input.current) input.current.value = "";
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div className="file-drop-box">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a convenience; the button inside does the same by keyboard. */}
      <div
        className={over ? "file-drop file-drop-over" : "file-drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {done ? (
          <>
            <span className="file-name">{done.name}</span>
            {done.size !== undefined && <span className="picker-note">{showSize(done.size)}</span>}
            {onRemove && (
              <Button size="small" onClick={onRemove}>
                {w.removeFile}
              </Button>
            )}
          </>
        ) : share !== null ? (
          <span role="status">{w.uploadShare({ share: Math.round(share * 100) })}</span>
        ) : (
          <>
            <span>{w.dropFile}</span>
            <Button onClick={() => input.current?.click()} aria-label={`${w.chooseFile}：${label}`}>
              {w.chooseFile}
            </Button>
          </>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={accept}
          aria-label={label}
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </div>
      {error !== undefined && <Failed error={error} />}
    </div>
  );
}
