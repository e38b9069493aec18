import { z } from "zod";
import { parseDivision } from "../divisions/code.ts";

/** Shapes that every contract shares. Each refuses NUL and other control characters: PostgreSQL cannot keep them. */

const unkeepable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** One line or paragraph people typed (文本): trimmed, 1..max code units, no control characters, rare characters kept. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !unkeepable.test(value), { error: "control-characters" });

/** A text that may be left empty; the empty text reads as absent. */
export const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((value) => !unkeepable.test(value), { error: "control-characters" })
    .transform((value) => (value === "" ? undefined : value))
    .optional();

/** Calendar date in Asia/Shanghai (日期), "YYYY-MM-DD", a day that exists. */
export const date = z.iso.date();

/** UUIDv7 made by this system. */
export const id = z.uuid();

/** Administrative division (行政区划代码) of 2, 4, 6, 9 or 12 digits, of a province there is. */
export const division = z
  .string()
  .regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/, { error: "division-code", abort: true })
  .refine((code) => parseDivision(code).valid, { error: "division-code" });

/** Money in fen (分), a safe integer; yuan only exist on paper and on screens. */
export const fen = z.int();

/** A page of a list, by key: `after` is the opaque cursor of the previous answer; a name of 200 characters in pinyin makes it long. */
export const page = {
  after: z.string().max(4_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** An instant as ISO 8601 text. */
export const instant = z.iso.datetime({ offset: true });

/** Any JSON object without further promise. */
export const facts = z.record(z.string(), z.unknown());
