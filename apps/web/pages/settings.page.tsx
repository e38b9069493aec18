import { Modal } from "antd";
import { useCallback, useMemo, useState } from "react";
import { listSettings, setSetting } from "../../../kernel/settings/settings.contract.ts";
import { useSession } from "../session.tsx";
import { ActButton } from "../ui/act-button.tsx";
import type { OutputOf } from "../ui/act-form.tsx";
import { DateField, TextField } from "../ui/fields.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { showDate } from "../ui/format.ts";
import { Ledger, type LedgerColumn, LedgerSearch } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { words as kitWords } from "../ui/ui.words.ts";
import { useOperationForm } from "../ui/use-operation-form.ts";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";

type Setting = OutputOf<typeof listSettings>["settings"][number];

/** Dated settings (动态参数): default versions, local values, the one in force here today. */
export function Component() {
  const kit = useWords(kitWords);
  const w = useWords(words).settings;
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["q"]);
  const list = useQueryOperation(listSettings, {});
  const [open, setOpen] = useState<Setting>();
  const titleOf = (one: Setting) => (locale === "zh" ? one.title : one.titleEn);
  const show = (one: Setting, value: Setting["inForce"]) =>
    typeof value === "boolean"
      ? value
        ? w.yes
        : w.no
      : `${value} ${(w.units as Readonly<Record<string, string>>)[one.unit] ?? one.unit}`;
  const wanted = (state.filters.q ?? "").toLowerCase();
  const rows = list.data?.settings.filter((one) =>
    `${one.title} ${one.titleEn} ${one.id}`.toLowerCase().includes(wanted),
  );
  const columns: LedgerColumn<Setting>[] = [
    {
      key: "name",
      title: w.name,
      cell: (one) => (
        <>
          {titleOf(one)} <span className="quiet code">{one.id}</span>
        </>
      ),
      text: (one) => `${titleOf(one)} ${one.id}`,
    },
    { key: "inForce", title: w.inForce, cell: (one) => show(one, one.inForce), text: (one) => show(one, one.inForce) },
    { key: "basis", title: w.basis, cell: (one) => w.bases[one.basis], text: (one) => w.bases[one.basis] },
    {
      key: "versions",
      title: w.versions,
      cell: (one) =>
        one.versions
          .map((version) => w.from({ date: showDate(version.from, locale), value: show(one, version.value) }))
          .join("；"),
      text: (one) => JSON.stringify(one.versions),
      optional: true,
    },
    {
      key: "local",
      title: w.local,
      cell: (one) =>
        one.local.length === 0 ? (
          <span className="quiet">{w.noLocal}</span>
        ) : (
          one.local.map((value) => (
            <div key={`${value.division}${value.from}`}>
              {value.division} {w.from({ date: showDate(value.from, locale), value: show(one, value.value) })}{" "}
              <span className="quiet">{value.reason}</span>
            </div>
          ))
        ),
      text: (one) => JSON.stringify(one.local),
    },
    ...(may(setSetting)
      ? [
          {
            key: "set",
            title: kit.act.column,
            text: () => "",
            cell: (one: Setting) => (
              <ActButton size="small" onAct={() => setOpen(one)}>
                {w.set}
              </ActButton>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      <Ledger
        id="settings"
        caption={w.title}
        columns={columns}
        rows={rows}
        rowKey={(one) => one.id}
        query={list}
        state={state}
        filters={
          <LedgerSearch label={w.name} value={state.filters.q} onChange={(value) => state.setFilter("q", value)} />
        }
        {...(rows ? { total: { value: rows.length, exact: true } } : {})}
      />
      <Modal
        open={open !== undefined}
        title={open && titleOf(open)}
        footer={null}
        onCancel={() => setOpen(undefined)}
        destroyOnHidden
      >
        {open && <SetForm setting={open} onDone={() => setOpen(undefined)} />}
      </Modal>
    </>
  );
}

function SetForm({ setting, onDone }: { readonly setting: Setting; readonly onDone: () => void }) {
  const w = useWords(words).settings;
  const [initial] = useState({ value: String(setting.inForce), from: undefined as string | undefined, reason: "" });
  const toInput = useCallback(
    (values: typeof initial) => {
      const text = values.value.trim();
      const value =
        typeof setting.inForce === "number"
          ? Number(text)
          : typeof setting.inForce === "boolean"
            ? text === "true"
            : text;
      return { id: setting.id, value, from: values.from, reason: values.reason };
    },
    [setting],
  );
  const labels = useMemo(() => ({ value: w.value, from: w.validFrom, reason: w.reason }), [w]);
  const form = useOperationForm({ operation: setSetting, initial, toInput, labels, onDone });
  return (
    <OperationFields form={form} submitLabel={w.save} legal>
      <TextField name="value" label={w.value} width="12em" />
      <DateField name="from" label={w.validFrom} />
      <TextField name="reason" label={w.reason} rows={2} maxLength={300} />
    </OperationFields>
  );
}
