import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { z } from "zod";
import type { Locale } from "../../../kernel/text/words.ts";
import { type Callable, call, newKey } from "../client.ts";
import { ApiProblem } from "../problem.ts";
import { usePreferences } from "./preferences.tsx";
import { fieldProblemSentence, useCodeSentence } from "./problem-sentence.ts";

export interface FormTrouble {
  /** The field's path, joined with dots: "changes.name". */
  readonly path: string;
  readonly sentence: string;
}

interface RawTrouble {
  readonly path: string;
  readonly problem: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface OperationForm<Values, Out> {
  readonly values: Values;
  set<Name extends keyof Values & string>(name: Name, value: Values[Name]): void;
  setMany(change: Partial<Values>): void;
  /** A problem the control itself found before there was a value, e.g. text that is no amount. */
  setOwnProblem(name: string, problem: string | undefined, facts?: Readonly<Record<string, unknown>>): void;
  leave(path: string): void;
  troubleOf(path: string): string | undefined;
  /** All troubles, once the reader has tried to submit. */
  readonly troubles: readonly FormTrouble[];
  required(name: string): boolean;
  submit(): Promise<void>;
  readonly sending: boolean;
  readonly failure: unknown;
  readonly output: Out | undefined;
  readonly attempts: number;
  /** How often the server answered with something to be put right. */
  readonly refusals: number;
  readonly draft: { readonly restoredAt: number | null; readonly savedAt: number | null; discard(): void };
}

interface Draft<Values> {
  readonly at: number;
  readonly values: Values;
  readonly sent?: { readonly key: string; readonly input: string };
}

/** Troubles of an input by its declared shape, the same codes as the server's. */
export function troublesOf(schema: z.ZodType, input: unknown): RawTrouble[] {
  const result = schema.safeParse(input);
  if (result.success) return [];
  return result.error.issues.map((issue) => {
    const { path, code, message, ...facts } = issue as z.core.$ZodIssue & Record<string, unknown>;
    const problem = code === "custom" || /^[a-z][a-z0-9/-]+$/.test(message) ? message : code;
    // A choice nobody made is missing, not "outside the choices".
    if (valueAt(input, path) === undefined) return { path: path.map(String).join("."), problem: "required", facts };
    return { path: path.map(String).join("."), problem, facts };
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  return value;
}

function requiredNames(schema: z.ZodType): ReadonlySet<string> {
  const shape = (schema as { shape?: Record<string, z.ZodType> }).shape ?? {};
  return new Set(Object.entries(shape).flatMap(([name, one]) => (one.safeParse(undefined).success ? [] : [name])));
}

/**
 * State of one form over one operation (表单): checks by the operation's own shape while typing but speaks only about
 * fields already left, keeps a draft in this browser without the private fields, and sends with one idempotency key
 * that survives retries and reloads, so that pressing submit twice is one act.
 */
export function useOperationForm<Values extends object, In, Sent, Out>(given: {
  readonly operation: Callable<In, Sent, Out>;
  readonly initial: Values;
  readonly toInput: (values: Values) => unknown;
  readonly labels: Readonly<Record<string, string>>;
  /** Under this name the draft is kept; absent = no draft. */
  readonly draftKey?: string;
  /** The field a refusal is about, where its facts do not say so; a refusal of no field stands at the end of the form. */
  readonly fieldOf?: (code: string, facts: Readonly<Record<string, unknown>>) => string | undefined;
  /** The control that holds a part of the input, where the form shows it under a name of its own. */
  readonly pathOf?: (path: string) => string;
  readonly onDone?: (output: Out) => void;
}): OperationForm<Values, Out> {
  const { operation, labels } = given;
  const { locale } = usePreferences();
  const codeSentence = useCodeSentence();
  const client = useQueryClient();
  const storageKey = given.draftKey ? `shanzhi.draft.${operation.id}.${given.draftKey}` : null;
  const [kept] = useState(() => readDraft<Values>(storageKey));
  const [values, setValues] = useState<Values>(() => ({ ...given.initial, ...kept?.values }));
  const [restoredAt, setRestoredAt] = useState<number | null>(kept?.at ?? null);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [own, setOwn] = useState<Readonly<Record<string, Pick<RawTrouble, "problem" | "facts">>>>({});
  const [fromServer, setFromServer] = useState<readonly RawTrouble[]>([]);
  const [refusals, setRefusals] = useState(0);
  const [attempts, setAttempts] = useState(0);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [output, setOutput] = useState<Out>();
  const [changed, setChanged] = useState(false);
  const sent = useRef(kept?.sent ?? null);

  const keep = useCallback(() => {
    if (!storageKey) return;
    const open = Object.fromEntries(Object.entries(values).filter(([name]) => !operation.privateFields.includes(name)));
    try {
      const at = Date.now();
      localStorage.setItem(
        storageKey,
        // What was sent holds the private fields too: with any of them it is not kept.
        JSON.stringify({
          at,
          values: open,
          ...(sent.current && operation.privateFields.length === 0 ? { sent: sent.current } : {}),
        }),
      );
      setSavedAt(at);
    } catch {
      // No room or no storage: the words stay on the screen, there is only no copy of them.
    }
  }, [storageKey, values, operation]);

  useEffect(() => {
    if (!changed) return;
    const timer = setTimeout(keep, 500);
    return () => clearTimeout(timer);
  }, [changed, keep]);

  const { pathOf } = given;
  const input = useMemo(() => given.toInput(values), [values, given.toInput]);
  const troubles = useMemo(() => {
    const local: RawTrouble[] = Object.entries(own).map(([path, one]) => ({ path, ...one }));
    const covered = new Set(local.map((one) => one.path));
    const all = [
      ...local,
      ...troublesOf(operation.input, input)
        .map((one) => (pathOf ? { ...one, path: pathOf(one.path) } : one))
        .filter((one) => !covered.has(one.path)),
      ...fromServer,
    ];
    const first = new Map<string, FormTrouble>();
    for (const one of all) {
      if (first.has(one.path)) continue;
      const label =
        labels[one.path] ?? labels[one.path.replace(/\.\d+/g, "")] ?? labels[one.path.split(".")[0] ?? ""] ?? "";
      const ending = codeSentence(one.problem, one.facts) ?? fieldProblemSentence(locale, one.problem, one.facts);
      first.set(one.path, {
        path: one.path,
        sentence: labelled(locale, label, ending),
      });
    }
    return [...first.values()];
  }, [own, input, fromServer, operation, labels, locale, codeSentence, pathOf]);

  const set: OperationForm<Values, Out>["setMany"] = (change) => {
    setValues((current) => ({ ...current, ...change }));
    setChanged(true);
    const names = Object.keys(change);
    setFromServer((current) =>
      current.filter((one) => !names.includes(one.path) && !names.includes(one.path.split(".")[0] ?? "")),
    );
  };

  const submit = async () => {
    setAttempts((count) => count + 1);
    setFailure(undefined);
    setFromServer([]);
    if (troubles.some((one) => !fromServer.some((server) => server.path === one.path))) return;
    const text = JSON.stringify(input);
    if (sent.current?.input !== text) sent.current = { key: newKey(), input: text };
    keep();
    setSending(true);
    try {
      const answer = await call(operation, input as Sent, { key: sent.current.key });
      sent.current = null;
      if (storageKey) localStorage.removeItem(storageKey);
      setOutput(answer);
      setChanged(false);
      setRestoredAt(null);
      given.onDone?.(answer);
      await client.invalidateQueries();
    } catch (error) {
      setRefusals((count) => count + 1);
      if (error instanceof ApiProblem && error.problems.length > 0) {
        setFromServer(
          error.problems.map((one) => {
            const path = one.path.map(String).join(".");
            return { path: pathOf?.(path) ?? path, problem: one.problem, facts: one.facts ?? {} };
          }),
        );
      } else if (error instanceof ApiProblem) {
        const path = fieldNamed(labels, given.fieldOf?.(error.code, error.facts) ?? error.facts.field);
        if (path) setFromServer([{ path, problem: error.code, facts: error.facts }]);
      }
      setFailure(error);
    } finally {
      setSending(false);
    }
  };

  const needed = useMemo(() => requiredNames(operation.input), [operation]);
  return {
    values,
    set: (name, value) => set({ [name]: value } as unknown as Partial<Values>),
    setMany: set,
    setOwnProblem: (name, problem, facts = {}) =>
      setOwn((current) => {
        if (current[name]?.problem === problem && problem === undefined) return current;
        const next = { ...current };
        if (problem) next[name] = { problem, facts };
        else delete next[name];
        return next;
      }),
    leave: (path) => setLeft((current) => (current.has(path) ? current : new Set([...current, path]))),
    troubleOf: (path) => {
      if (attempts === 0 && !left.has(path)) return undefined;
      return troubles.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.sentence;
    },
    troubles: attempts > 0 ? troubles : [],
    required: (name) => needed.has(name),
    submit,
    sending,
    failure,
    output,
    attempts,
    refusals,
    draft: {
      restoredAt,
      savedAt,
      discard: () => {
        if (storageKey) localStorage.removeItem(storageKey);
        setValues(given.initial);
        setRestoredAt(null);
        setSavedAt(null);
        setChanged(false);
        setAttempts(0);
        setLeft(new Set());
      },
    },
  };
}

/** A trouble under its field's label (字段提示); a sentence that begins with the field's name needs no second one. */
export function labelled(locale: Locale, label: string, ending: string): string {
  if (label === "" || ending.startsWith("“")) return ending;
  return locale === "zh" ? `${label}：${ending}` : `${label} ${ending}`;
}

/** The form's own name of a field the server names: inside a group it has the group's before it, money is typed in yuan. */
export function fieldNamed(labels: Readonly<Record<string, string>>, field: unknown): string | undefined {
  if (typeof field !== "string" || field === "") return undefined;
  const names = [field, field.replace(/Fen$/, "")];
  return Object.keys(labels).find((one) => names.some((name) => one === name || one.endsWith(`.${name}`)));
}

function readDraft<Values>(key: string | null): Draft<Partial<Values>> | null {
  if (!key) return null;
  try {
    const text = localStorage.getItem(key);
    return text ? (JSON.parse(text) as Draft<Partial<Values>>) : null;
  } catch {
    return null;
  }
}
