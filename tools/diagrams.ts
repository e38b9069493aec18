import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { projectTree } from "./gates/gate.ts";
import { readHouse } from "./gates/house-facts.ts";
import { diagramBlocks, environmentBlock, environmentTexts, withBlocks } from "./generated.ts";

/** `npm run diagrams`: writes state diagrams into the rooms' READMEs and the table of settings where it stands. */
export async function main(): Promise<number> {
  const house = await readHouse(projectTree(process.cwd()));
  const texts = [
    ...house.modules
      .filter((room) => room.id !== "kernel" && (room.procedures ?? []).length > 0)
      .map((room) => ({ file: `modules/${room.id}/README.md`, blocks: diagramBlocks(room.procedures ?? []) })),
    ...environmentTexts.map((file) => ({ file, blocks: [environmentBlock()] })),
  ];
  for (const { file, blocks } of texts) {
    if (!existsSync(file)) {
      process.stderr.write(`${file} is missing: write its three sentences first\n`);
      continue;
    }
    const before = readFileSync(file, "utf8");
    const after = withBlocks(before, blocks);
    if (after === before) continue;
    writeFileSync(file, after);
    process.stdout.write(`${file}: ${blocks.map((one) => one.name).join(", ")}\n`);
  }
  return 0;
}
