/** One line of a list of candidates, as the operation takes it. */
export interface Candidate {
  readonly id: string;
  readonly in?: readonly string[];
  readonly floodSeverity?: string;
  readonly need?: number;
  readonly alreadyReceived?: boolean;
}

export interface ReadCandidates {
  readonly candidates: readonly Candidate[];
  /** Lines that were not understood, by number from one. */
  readonly unclear: readonly number[];
  /** Names that stand in the list twice. */
  readonly repeated: readonly string[];
}

const yes = /^(是|有|已|已领|已配|已发|yes|y|true|1)$/i;
const no = /^(否|无|未|未领|no|n|false|0)?$/i;

/**
 * Reads a list of candidates as it is pasted from a sheet (识别候选名单): name, areas, severity of the flood, need, already served;
 * tabs or commas between, several areas joined by 、 or /. A header line and blank lines are passed over.
 */
export function readCandidates(text: string): ReadCandidates {
  const candidates: Candidate[] = [];
  const unclear: number[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const cells = line.split(/[\t,，]/).map((cell) => cell.normalize("NFKC").trim());
    const [id = "", areas = "", floodSeverity = "", typed = "", served = ""] = cells;
    if (cells.every((cell) => cell === "") || /^(名称|养老机构|机构|对象|name)$/i.test(id)) continue;
    const need = typed === "" ? 0 : Number(typed.replace(/[^\d.]/g, ""));
    if (id === "" || cells.length > 5 || !Number.isFinite(need) || (typed !== "" && !/\d/.test(typed))) {
      unclear.push(at + 1);
      continue;
    }
    if (!yes.test(served) && !no.test(served)) {
      unclear.push(at + 1);
      continue;
    }
    const inside = areas.split(/[、/;；]/).filter(Boolean);
    candidates.push({
      id,
      ...(inside.length > 0 ? { in: inside } : {}),
      ...(floodSeverity ? { floodSeverity } : {}),
      ...(need > 0 ? { need } : {}),
      ...(yes.test(served) ? { alreadyReceived: true } : {}),
    });
  }
  const names = candidates.map((one) => one.id);
  return { candidates, unclear, repeated: [...new Set(names.filter((one, at) => names.indexOf(one) !== at))] };
}
