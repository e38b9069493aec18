import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeServer } from "../kernel/http/server.ts";
import { allRoles, type Operation, pathOf, type Role } from "../kernel/operation/define.ts";
import { InvalidInput, Refusal } from "../kernel/operation/errors.ts";
import { modules } from "./modules.ts";
import { type Position, positionsOf, publicAt, relations, sees } from "./testing/positions.ts";
import { namesSubject, sampleInput } from "./testing/samples.ts";
import { buildScene, places, type Scene } from "./testing/scene.ts";
import { type Mark, makeWitness, textOf, type Witness } from "./testing/witness.ts";

/** What came of one call. */
type Outcome =
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "refusal"; readonly code: string; readonly status: number }
  | { readonly kind: "invalid"; readonly text: string };

const operations: readonly Operation[] = modules
  .flatMap((room) => room.handlers.map((one) => one.operation as Operation))
  .sort((a, b) => (a.id < b.id ? -1 : 1));
const atTheApp = operations.filter((one) => one.door === "app");

/** Commands a parent authority may use on what lies below it, and why: they touch no row of a register. */
const alsoParents: Readonly<Record<string, string>> = {
  "auth.grant-role": "accounts are given by whoever is responsible for the division, from above too",
  "auth.revoke-grant": "as it is given",
  "auth.set-account-state": "as it is given",
  "settings.set": "a parent sets what holds below it",
  "vault.unmask": "reading, under one's name and with a reason in the journal",
};

/** Commands whose input names a subject and that act on one's own account all the same. */
const onesOwnAccount = new Set(["auth.switch-grant"]);

/** Questions that are asked of the register and name nobody: figures, kinds, calendars, what is shared by all. */
const namesNobody: Readonly<Record<string, string>> = {
  "annual-inspection.board": "figures by division",
  "annual-inspection.check-figures": "answers about the figures that were sent",
  "annual-inspection.list-overdue-runs": "no run has been made in the scene",
  "annual-inspection.preview-batch": "no report is ready for a conclusion in the scene",
  "annual-inspection.preview-overdue": "the preview of one's own act: a parent marks nothing below it",
  "annual-inspection.years": "figures by year",
  "annual-inspection.zombie-candidates": "nobody has been silent for two years in the scene",
  "auth.me": "about oneself",
  "credit.runs": "no run has been made in the scene",
  "credit.get-run": "no run has been made in the scene",
  "credit.preview-run": "the preview of one's own act: nobody is a candidate in the scene",
  "donations.figures": "figures by division",
  "donations.list-events": "figures by emergency",
  "donations.list-totals": "figures by division and year, and none is published in the scene",
  "duties.summary": "figures by kind",
  "holidays.list": "shared by all",
  "equipment.board": "figures by division",
  "journal.export": "the whole journal, at the root division only",
  "journal.seal-state": "figures of the whole installation",
  "organisations.check-name": "answers about the name that was sent",
  "organisations.list-terms": "no term ends soon in the scene",
  "organisations.party-coverage": "figures by division",
  "organisations.statistics": "figures by division",
  "rules.decide": "answers about the facts that were sent",
  "rules.list": "shared by all",
  "settings.list": "shared by all",
  "sheet.kinds": "shared by all",
  "sheet.template": "an empty sheet",
  "divisions.preview-change": "names places, which all may read: the counts of rows are of the own county",
  "visiting-care.dashboard": "figures by division",
  "visiting-care.figures": "figures by division",
  "visiting-care.list-workers": "no worker has a grant in the scene",
  "visiting-care.month-report": "figures by division",
  "visiting-care.monthly-rate": "figures by division",
};

/** Commands for which the register's own staff, or one role of it, get the answer strangers get, and why that is right. */
const alikeForAll: Readonly<Record<string, string>> = {
  "organisations.submit-application":
    "the draft of the scene is for an organisation that does not exist yet: no organisation may see it",
  "organisations.resubmit-application":
    "nothing was asked to be corrected in the scene: the procedure refuses before it matters who asks",
  "sync.pull": "a phone belongs to one person: colleagues of the register are strangers to it",
  "sync.register-device": "as its lists are",
  "vault.unmask officer":
    "what is sealed in the scene belongs to the register of organisations, which officers do not read",
};

let scene: Scene;
let witness: Witness;
let positions: Position[];
/** The register when it was looked at last: whatever changes it afterwards is found by the next look. */
let last: { readonly own: string | undefined; readonly state: string } | undefined;
/** Read again when somebody has acted in the register. */
let marked: Mark[] | undefined;
/** Refusals that strangers got, by operation. */
const strange = new Map<string, Set<string>>();

beforeAll(async () => {
  scene = await buildScene();
  witness = await makeWitness(scene);
  positions = positionsOf(scene);
  for (const { who } of positions)
    await scene.house.sql(
      "insert into account (id, login, display_name, password_hash, created_at) values ($1::uuid, $1::text, 'asking', '', now())",
      [who.actor.accountId],
    );
});
afterAll(() => scene.house.close());

async function ask(operation: Operation, position: Position, input: unknown): Promise<Outcome> {
  try {
    const upload = scene.upload(operation);
    const answer = await position.who.call(operation, input, upload ? { upload } : {});
    return { kind: "answer", text: await textOf(answer) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refusal", code: error.code, status: error.status };
    if (error instanceof InvalidInput) return { kind: "invalid", text: JSON.stringify(error.problems) };
    throw new Error(`${operation.id} as ${position.label}: a fault, not a refusal: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

const inputOf = (operation: Operation) =>
  sampleInput(operation, { ...scene.fields, ...scene.known }, scene.given(operation));
const permitted = (operation: Operation, role: Role) => operation.who.includes(role);
const mayAct = (operation: Operation, position: Position) =>
  position.relation === "own" || (position.relation === "parent" && operation.id in alsoParents);
const show = (outcome: Outcome) => JSON.stringify(outcome).slice(0, 240);

async function refusedByRole(operation: Operation, position: Position): Promise<string[]> {
  const outcome = await ask(operation, position, inputOf(operation));
  const right = outcome.kind === "refusal" && (outcome.status === 403 || outcome.status === 401);
  return right ? [] : [`${position.label} has not the role, but: ${show(outcome)}`];
}

async function commandFromElsewhere(operation: Operation, position: Position): Promise<string[]> {
  const wrong: string[] = [];
  const own = position.relation === "child" ? places.child : undefined;
  const before = last?.own === own && last ? last.state : await witness.state(own);
  const outcome = await ask(operation, position, inputOf(operation));
  last = { own, state: await witness.state(own) };
  const changed = witness.changed(before, last.state);
  if (changed.length > 0) wrong.push(`${position.label} changed ${changed.join(", ")}`);
  if (outcome.kind === "invalid") wrong.push(`${position.label}: the sample is not understood: ${outcome.text}`);
  if (!namesSubject(operation, scene.known, scene.given(operation)) || onesOwnAccount.has(operation.id)) return wrong;
  if (outcome.kind === "answer")
    wrong.push(`${position.label} acted on a subject of another register: ${show(outcome)}`);
  if (outcome.kind === "refusal") {
    if (![403, 404, 409].includes(outcome.status))
      wrong.push(`${position.label} is refused for another reason than scope: ${outcome.code} ${outcome.status}`);
    strange.set(operation.id, (strange.get(operation.id) ?? new Set()).add(outcome.code));
  }
  return wrong;
}

async function questionFrom(operation: Operation, position: Position, marks: readonly Mark[]): Promise<string[]> {
  const outcome = await ask(operation, position, inputOf(operation));
  if (outcome.kind === "invalid") return [`${position.label}: the sample is not understood: ${outcome.text}`];
  if (outcome.kind === "refusal") return [];
  // The journal repeats to its reader what the reader asked for before.
  const echoed = operation.id === "journal.list" ? JSON.stringify(atTheApp.map(inputOf)) : "";
  const betrayed = marks.filter(
    (one) => !position.maySee(one) && !echoed.includes(one.mark) && outcome.text.includes(one.mark),
  );
  const shown = [...new Set(betrayed.map((one) => `${one.table} ${one.mark}`))].slice(0, 5);
  return shown.length > 0 ? [`${position.label} sees ${shown.join(", ")}`] : [];
}

describe("from elsewhere: who has not the role is refused, who has it elsewhere sees and changes nothing", () => {
  for (const operation of atTheApp)
    it(operation.id, async () => {
      marked ??= await witness.marks();
      const marks = marked;
      const wrong: string[] = [];
      for (const position of [...positions, publicAt(scene, "app")]) {
        if (!permitted(operation, position.role)) wrong.push(...(await refusedByRole(operation, position)));
        else if (operation.kind === "query") {
          if (!sees(position)) wrong.push(...(await questionFrom(operation, position, marks)));
        } else if (!mayAct(operation, position)) wrong.push(...(await commandFromElsewhere(operation, position)));
      }
      expect(wrong).toEqual([]);
    });
});

describe("from inside: the register's own people and its parents get another answer than strangers", () => {
  for (const operation of atTheApp)
    it(operation.id, async () => {
      marked ??= await witness.marks();
      const marks = marked;
      const wrong: string[] = [];
      for (const position of positions.filter((one) => permitted(operation, one.role))) {
        if (operation.kind === "command" ? !mayAct(operation, position) : !sees(position)) continue;
        const outcome = await ask(operation, position, inputOf(operation));
        if (outcome.kind === "invalid") wrong.push(`${position.label}: the sample is not understood: ${outcome.text}`);
        if (operation.kind === "command") {
          marked = undefined;
          const alike = outcome.kind === "refusal" && strange.get(operation.id)?.has(outcome.code);
          if (alike && !(operation.id in alikeForAll) && !(`${operation.id} ${position.role}` in alikeForAll))
            wrong.push(`${position.label} is refused as a stranger is: ${show(outcome)}`);
        } else if (!(operation.id in namesNobody)) {
          const text = outcome.kind === "answer" ? outcome.text : "";
          // A file may be packed or drawn: that it came at all is what strangers do not get.
          if (operation.download && outcome.kind === "answer") continue;
          if (!marks.some((one) => position.maySee(one) && text.includes(one.mark)))
            wrong.push(`${position.label} sees nothing of the register: ${show(outcome)}`);
        }
      }
      expect(wrong).toEqual([]);
    });
});

/** What a cell of the table says: acts and reads in one's own register, reads or acts below it, or nothing. */
function cell(operation: Operation, role: Role): string {
  if (!permitted(operation, role)) return "";
  if (operation.door === "internal") return "";
  if (role === "public") return operation.kind === "command" ? "acts" : "reads";
  if (operation.door !== "app") return "as public";
  if (role === "organisation" || role === "supervisory-unit")
    return operation.kind === "command" ? "acts: own" : "reads: own";
  if (operation.kind === "query") return "reads: own, below";
  return operation.id in alsoParents ? "acts: own, below" : "acts: own";
}

/** The permission matrix as a page (权限矩阵): what the tests above have tried, cell by cell. */
function page(): string {
  const head = ["Operation", "Door", ...allRoles];
  const rows = operations.map((one) => [`\`${one.id}\``, one.door, ...allRoles.map((role) => cell(one, role))]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `# Permission matrix 权限矩阵

Written by \`npm run matrix\` from the contracts; \`apps/permissions.test.ts\` tries every cell: staff of the own register, of its parents, of a
sibling county and of a street below; the organisation itself and others; the supervisory unit and others; the public.

- **own**: commands touch rows of the asker's own register only, or of the organisation or unit the account stands for. Everybody else with the
  role is refused (403, 404 or 409), and no row of the register changes.
- **own, below**: staff also read (or, where it says so, act on) the divisions below theirs. A sibling or a division below sees nothing.
- An empty cell is refused with \`auth/not-your-role\`, without an account with \`auth/sign-in-first\`. Operations of the door \`internal\` have no address.

${line(head)}
${line(head.map(() => "---"))}
${rows.map(line).join("\n")}

Parents act below on: ${Object.entries(alsoParents)
    .map(([id, why]) => `\`${id}\` (${why})`)
    .join("; ")}.
`;
}

describe("doors", () => {
  it("docs/permissions.md shows what is declared and tried (npm run matrix)", async () => {
    await expect(page()).toMatchFileSnapshot("../docs/permissions.md");
  });

  it("what jobs do has no address", async () => {
    const server = await makeServer(scene.house.open, { secureCookies: false });
    try {
      for (const operation of operations.filter((one) => one.door === "internal"))
        expect(
          (
            await server.inject({
              method: operation.kind === "query" ? "GET" : "POST",
              url: pathOf(operation),
              payload: operation.kind === "query" ? undefined : {},
            })
          ).statusCode,
          operation.id,
        ).toBe(404);
    } finally {
      await server.close();
    }
  });

  it("every operation has a row in one of these tables", () => {
    const known = new Set(["app", "portal", "intake", "device", "verify", "auth", "internal"]);
    expect(operations.filter((one) => !known.has(one.door)).map((one) => one.id)).toEqual([]);
    expect(allRoles.filter((role) => role !== "public" && !positions.some((one) => one.role === role))).toEqual([]);
    expect(relations.filter((relation) => !positions.some((one) => one.relation === relation))).toEqual([]);
  });

  it("exceptions do not outlive their operation", () => {
    const ids = new Set(operations.map((one) => one.id));
    expect(
      [...Object.keys(alsoParents), ...Object.keys(namesNobody), ...Object.keys(alikeForAll), ...onesOwnAccount].filter(
        (id) => !ids.has(id.replace(/ .*/, "")),
      ),
    ).toEqual([]);
  });
});
