import { z } from "zod";
import { defineCommand } from "../operation/define.ts";
import { id, text } from "../operation/shapes.ts";

/** Shows one sealed value in clear (解除掩码): an act of its own, with a reason, journalled under the reader's name. */
export const unmask = defineCommand("vault.unmask", {
  who: ["registrar", "officer", "worker", "decider"],
  input: z.object({ subjectId: id, field: z.string().max(40), reason: text(300) }),
  output: z.object({ value: z.string() }),
  refusals: { "vault/nothing-sealed": 404 },
});

/** Notes in the journal that the keys were changed and what was sealed again (更换密钥留痕). */
export const noteRotation = defineCommand("vault.note-rotation", {
  who: [],
  door: "internal",
  input: z.object({
    seal: z.int(),
    digest: z.int(),
    fields: z.int(),
    accounts: z.int(),
    others: z.int(),
    unreadable: z.int(),
  }),
  output: z.object({}),
});
