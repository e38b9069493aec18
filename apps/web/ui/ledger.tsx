import { Button, Checkbox, Dropdown } from "antd";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { classes } from "./classes.ts";
import { csvCell, showCount } from "./format.ts";
import type { LedgerState } from "./ledger-state.ts";
import { Empty, Failed, Loading } from "./notices.tsx";
import { usePreferences, useWords } from "./preferences.tsx";
import { words } from "./ui.words.ts";
import "./ledger.css";

export interface LedgerColumn<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Right-aligned tabular figures; the unit stands in the title. */
  readonly numeric?: boolean;
  /** Hidden until the reader chooses it. */
  readonly optional?: boolean;
  /** Text for the file when the page exports its own rows. */
  readonly text?: (row: Row) => string;
  readonly width?: string;
}

/** A column that shows and hands on the same words (文字列). */
export function textColumn<Row>(key: string, title: string, text: (row: Row) => string): LedgerColumn<Row> {
  return { key, title, cell: text, text };
}

export interface LedgerSelection<Row> {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  readonly name: (row: Row) => string;
  /** Acts over what is chosen; each opens its own preview. */
  readonly acts: ReactNode;
  readonly selectable?: (row: Row) => boolean;
}

export interface LedgerProps<Row, Name extends string = never> {
  /** Under this name the reader's choice of columns is remembered. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly LedgerColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly rows: readonly Row[] | undefined;
  /** The question the rows answer: its failure is told here, and while the next page is on its way the old rows stay, dimmed. */
  readonly query?: Asked;
  readonly total?: { readonly value: number; readonly exact: boolean };
  readonly next?: string | null;
  readonly state?: LedgerState<Name>;
  readonly filters?: ReactNode;
  /** Answers after the file is on its way; absent = the page exports the rows it shows. */
  readonly onExport?: () => Promise<unknown>;
  readonly exportable?: boolean;
  readonly empty?: ReactNode;
  readonly selection?: LedgerSelection<Row>;
  readonly stale?: boolean;
}

/** What is known of a question on its way (查询进度). */
interface Asked {
  readonly isPlaceholderData: boolean;
  readonly error: unknown;
  refetch(): unknown;
}

function useRememberedColumns<Row>(id: string, columns: readonly LedgerColumn<Row>[]) {
  const key = `shanzhi.columns.${id}`;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => {
    try {
      const kept = localStorage.getItem(key);
      if (kept) return new Set(JSON.parse(kept) as string[]);
    } catch {
      // Nothing kept: the page's own choice stands.
    }
    return new Set(columns.filter((column) => column.optional).map((column) => column.key));
  });
  const hide = (next: ReadonlySet<string>) => {
    setHidden(next);
    try {
      localStorage.setItem(key, JSON.stringify([...next]));
    } catch {
      // Kept for this page only.
    }
  };
  return { hidden, hide };
}

/** A list as a ledger (台账): fine rules, sticky head, filters in the address, pages by key, four seen states. */
export function Ledger<Row, Name extends string = never>(props: LedgerProps<Row, Name>) {
  const { columns, rows, rowKey, state, selection } = props;
  const w = useWords(words);
  const { hidden, hide } = useRememberedColumns(props.id, columns);
  const shown = useMemo(() => columns.filter((column, at) => at === 0 || !hidden.has(column.key)), [columns, hidden]);
  const [narrow] = useState(() => matchMedia("(max-width: 640px)").matches);
  const error = props.query?.error;
  const stale = props.stale || props.query?.isPlaceholderData;
  const filled = rows !== undefined && rows.length > 0 && !error;
  return (
    <div className="ledger">
      {props.filters && (
        // On a narrow screen the rows come first; the filters wait behind one word.
        <details className="ledger-filter-box" open={!narrow || state?.filtered}>
          <summary>{w.ledger.filters}</summary>
          <div className="ledger-filters">{props.filters}</div>
        </details>
      )}
      <LedgerBar {...props} hidden={hidden} hide={hide} />
      {error ? (
        <Failed error={error} onRetry={() => void props.query?.refetch()} />
      ) : rows === undefined ? (
        <Loading />
      ) : rows.length === 0 ? (
        state?.filtered ? (
          <Empty
            title={w.ledger.emptyFiltered}
            action={
              <Button onClick={state.clear} size="small">
                {w.ledger.clear}
              </Button>
            }
          >
            {w.ledger.emptyFilteredHelp}
          </Empty>
        ) : (
          (props.empty ?? <Empty title={w.ledger.empty} />)
        )
      ) : (
        <section
          className={classes("ledger-scroll", stale && "ledger-stale")}
          aria-label={props.caption}
          aria-busy={stale || undefined}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          <table className="ledger-table">
            <caption className="unseen">{props.caption}</caption>
            <thead>
              <tr>
                {selection && (
                  <th scope="col" className="ledger-check">
                    <SelectAll rows={rows} rowKey={rowKey} selection={selection} />
                  </th>
                )}
                {shown.map((column) => (
                  <th
                    key={column.key}
                    scope="col"
                    className={classes(column.numeric && "numeric")}
                    style={column.width ? { width: column.width } : undefined}
                  >
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <LedgerLine key={rowKey(row)} row={row} id={rowKey(row)} columns={shown} selection={selection} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {filled && state && (state.hasPrevious || props.next) && (
        <nav className="ledger-pages" aria-label={w.ledger.page({ page: state.pageNumber })}>
          {state.pageNumber > 2 && <Button onClick={state.first}>{w.ledger.first}</Button>}
          {state.hasPrevious && <Button onClick={state.previous}>{w.ledger.previous}</Button>}
          <span className="ledger-page">{w.ledger.page({ page: state.pageNumber })}</span>
          {props.next && <Button onClick={() => state.next(props.next as string)}>{w.ledger.next}</Button>}
        </nav>
      )}
      {selection && selection.chosen.size > 0 && (
        <div className="ledger-bulk" role="status">
          <span>{w.ledger.selected({ count: selection.chosen.size })}</span>
          {selection.acts}
          <Button type="text" onClick={() => selection.onChange(new Set())}>
            {w.ledger.clearSelection}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A date, a number or a code as bare text. */
const isShortFigure = (cell: ReactNode) => typeof cell === "string" && cell.length <= 18 && /^\d/.test(cell);

function LedgerLine<Row>({
  row,
  id,
  columns,
  selection,
}: {
  readonly row: Row;
  readonly id: string;
  readonly columns: readonly LedgerColumn<Row>[];
  readonly selection?: LedgerSelection<Row>;
}) {
  const w = useWords(words).ledger;
  return (
    <tr>
      {selection && (
        <td className="ledger-check">
          <Checkbox
            checked={selection.chosen.has(id)}
            disabled={selection.selectable ? !selection.selectable(row) : false}
            aria-label={w.select({ name: selection.name(row) })}
            onChange={(event) => {
              const next = new Set(selection.chosen);
              if (event.target.checked) next.add(id);
              else next.delete(id);
              selection.onChange(next);
            }}
          />
        </td>
      )}
      {columns.map((column, at) => {
        const cell = column.cell(row);
        // A date broken before its last character reads as two things.
        const shape = classes(column.numeric && "numeric", isShortFigure(cell) && "one-line");
        return at === 0 ? (
          <th key={column.key} scope="row" className={shape}>
            {cell}
          </th>
        ) : (
          <td key={column.key} data-label={column.title} className={shape}>
            {cell}
          </td>
        );
      })}
    </tr>
  );
}

function SelectAll<Row>({
  rows,
  rowKey,
  selection,
}: {
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly selection: LedgerSelection<Row>;
}) {
  const w = useWords(words).ledger;
  const possible = rows.filter((row) => selection.selectable?.(row) ?? true).map(rowKey);
  const chosen = possible.filter((key) => selection.chosen.has(key)).length;
  return (
    <Checkbox
      aria-label={w.selectAll}
      checked={possible.length > 0 && chosen === possible.length}
      indeterminate={chosen > 0 && chosen < possible.length}
      disabled={possible.length === 0}
      onChange={(event) => selection.onChange(event.target.checked ? new Set(possible) : new Set())}
    />
  );
}

function LedgerBar<Row, Name extends string>(
  props: LedgerProps<Row, Name> & {
    readonly hidden: ReadonlySet<string>;
    readonly hide: (next: ReadonlySet<string>) => void;
  },
) {
  const w = useWords(words).ledger;
  const { columns, rows, total, hidden, hide } = props;
  const [exporting, setExporting] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new set of rows makes an old failure meaningless.
  useEffect(() => setFailure(undefined), [rows]);
  const count = total
    ? (total.exact ? w.count : w.atLeast)({ count: showCount(total.value) })
    : rows
      ? w.shown({ count: showCount(rows.length) })
      : "";
  const exportRows = async () => {
    setExporting(true);
    setFailure(undefined);
    try {
      if (props.onExport) await props.onExport();
      else saveRows(props.caption, columns, rows ?? []);
    } catch (error) {
      setFailure(error);
    } finally {
      setExporting(false);
    }
  };
  return (
    <>
      <div className="ledger-bar">
        <span className="ledger-count" role="status">
          {!props.query?.error && count}
        </span>
        <span className="ledger-tools">
          {props.state?.filtered && (
            <Button type="text" size="small" onClick={props.state.clear}>
              {w.clear}
            </Button>
          )}
          {columns.length > 2 && (
            <Dropdown
              trigger={["click"]}
              popupRender={() => (
                <fieldset className="ledger-columns">
                  <legend>{w.chooseColumns}</legend>
                  {columns.slice(1).map((column) => (
                    <Checkbox
                      key={column.key}
                      checked={!hidden.has(column.key)}
                      onChange={(event) => {
                        const next = new Set(hidden);
                        if (event.target.checked) next.delete(column.key);
                        else next.add(column.key);
                        hide(next);
                      }}
                    >
                      {column.title}
                    </Checkbox>
                  ))}
                </fieldset>
              )}
            >
              <Button type="text" size="small">
                {w.columns}
              </Button>
            </Dropdown>
          )}
          {(props.exportable ?? true) && (rows?.length ?? 0) > 0 && (
            <Button type="text" size="small" onClick={exportRows} aria-disabled={exporting}>
              {exporting ? w.exporting : w.export}
            </Button>
          )}
        </span>
      </div>
      {failure !== undefined && <Failed error={failure} />}
    </>
  );
}

function saveRows<Row>(caption: string, columns: readonly LedgerColumn<Row>[], rows: readonly Row[]): void {
  const text = (column: LedgerColumn<Row>, row: Row) => {
    if (column.text) return column.text(row);
    const cell = column.cell(row);
    return typeof cell === "string" || typeof cell === "number" ? String(cell) : "";
  };
  const lines = [
    columns.map((column) => csvCell(column.title)),
    ...rows.map((row) => columns.map((column) => csvCell(text(column, row)))),
  ];
  const address = URL.createObjectURL(
    new Blob([`\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" }),
  );
  const link = document.createElement("a");
  link.href = address;
  link.download = `${caption}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A choice in the filter bar (筛选项). */
export function LedgerChoice({
  label,
  value,
  options,
  anyLabel,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What no choice means, where it does not mean everything. */
  readonly anyLabel?: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  const w = useWords(words).ledger;
  return (
    <label className="ledger-filter">
      <span>{label}</span>
      <select value={value ?? ""} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">{anyLabel ?? w.any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A search box in the filter bar (查找框): asks when the reader stops typing, never in the middle of a pinyin composition. */
export function LedgerSearch({
  label,
  value,
  onChange,
  placeholder,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly placeholder?: string;
}) {
  const [typed, setTyped] = useState(value ?? "");
  const [composing, setComposing] = useState(false);
  const { locale } = usePreferences();
  useEffect(() => setTyped(value ?? ""), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the wait.
  useEffect(() => {
    if (composing || typed.trim() === (value ?? "")) return;
    const timer = setTimeout(() => onChange(typed.trim() || undefined), 350);
    return () => clearTimeout(timer);
  }, [typed, composing]);
  return (
    <label className="ledger-filter ledger-filter-wide" lang={locale === "zh" ? "zh-CN" : "en"}>
      <span>{label}</span>
      <input
        type="search"
        value={typed}
        placeholder={placeholder}
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
    </label>
  );
}
