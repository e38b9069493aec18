import { usePreferences } from "./preferences.tsx";

/** Looks a name up in a table of words (名称); a name the table lacks is shown as it is. */
export function named(table: unknown, key: string): string {
  const found = (table as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof found === "string" ? found : key;
}

/** Values with their names, for filters and choices (选项), in the order of the values. */
export function choicesOf<Value extends string>(
  values: readonly Value[],
  names: Readonly<Record<Value, string>>,
): { readonly value: Value; readonly label: string }[] {
  return values.map((value) => ({ value, label: names[value] }));
}

/** A list in one line, in the reader's language (连写). */
export function useJoined(): (parts: readonly (string | null | undefined | false)[]) => string {
  const { locale } = usePreferences();
  return (parts) => parts.filter(Boolean).join(locale === "zh" ? "、" : ", ");
}
