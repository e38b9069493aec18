import type { ZodType } from "zod";
import { configFields } from "../apps/server/config.ts";
import { type Procedure, stateDiagram } from "../kernel/procedure/define.ts";

/** A block of a text that a tool writes (生成的段落): between its marker and `<!-- end -->`. */
export interface Block {
  readonly name: string;
  readonly body: string;
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The text with its generated blocks written anew; a block that has no marker yet is put at the end. */
export function withBlocks(text: string, blocks: readonly Block[]): string {
  return blocks.reduce((all, { name, body }) => {
    const whole = `<!-- generated: ${name} -->\n${body}\n<!-- end -->`;
    const marker = new RegExp(`<!-- generated: ${literally(name)} -->\\n[\\s\\S]*?<!-- end -->`);
    return marker.test(all) ? all.replace(marker, () => whole) : `${all.trimEnd()}\n\n${whole}\n`;
  }, text);
}

/** The state diagrams of a room, one block a procedure. A room with a single procedure need not name it. */
export function diagramBlocks(procedures: readonly Procedure[]): Block[] {
  return procedures.map((one) => ({
    name: procedures.length === 1 ? "state diagram" : `state diagram of ${one.id}`,
    body: `\`\`\`mermaid\n${stateDiagram(one)}\n\`\`\``,
  }));
}

/** The table of settings from the environment (运行参数表), read from their one schema. */
export function environmentBlock(): Block {
  const rows = Object.entries(configFields as Readonly<Record<string, ZodType>>).map(([name, schema]) => {
    const standard = schema.safeParse(undefined);
    const shown = standard.success && standard.data !== undefined ? `\`${String(standard.data)}\`` : "–";
    return `| \`${name}\` | ${shown} | ${(schema.description ?? "").replaceAll("|", "\\|")} |`;
  });
  return { name: "environment", body: ["| Setting | Default | Meaning |", "|---|---|---|", ...rows].join("\n") };
}

/** Texts that carry the table of settings. */
export const environmentTexts = ["README.md", "docs/guide/operator.md"] as const;
