import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDocument } from "../kernel/document/documents.contract.ts";
import { openFile } from "../kernel/files/files.contract.ts";
import { makeServer } from "../kernel/http/server.ts";
import { pathOf } from "../kernel/operation/define.ts";
import { Refusal } from "../kernel/operation/errors.ts";
import { marked } from "../kernel/sheet/sheet.contract.ts";
import type { TestActor } from "../kernel/testing/house.ts";
import { unmask } from "../kernel/vault/vault.contract.ts";
import { exportReports } from "../modules/annual-inspection/annual-inspection.contract.ts";
import {
  exportOrganisations,
  getStatistics,
  listOrganisations,
} from "../modules/organisations/organisations.contract.ts";
import { publicAt } from "./testing/positions.ts";
import { sampleInput } from "./testing/samples.ts";
import { buildScene, places, type Scene } from "./testing/scene.ts";
import { makeWitness, textOf } from "./testing/witness.ts";

let scene: Scene;
let strangers: { readonly name: string; readonly who: TestActor }[];
let id: (table: string) => Promise<string>;

beforeAll(async () => {
  scene = await buildScene();
  const { house } = scene;
  strangers = [
    { name: "the sibling county", who: house.as("registrar", places.sibling) },
    { name: "a street of the county", who: house.as("registrar", places.child) },
    { name: "another organisation of the county", who: house.organisation(scene.otherOrganisation, places.own) },
    { name: "an organisation elsewhere", who: house.organisation(scene.farOrganisation, places.sibling) },
    { name: "a unit that looks after somebody else", who: house.unit(scene.otherUnit) },
  ];
  id = async (table) =>
    (
      await house.sql<{ id: string }>(`select id from ${table} where home_code = $1 order by id limit 1`, [places.own])
    )[0]?.id ?? "";
});
afterAll(() => scene.house.close());

const refusal = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
    return "answered";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe("files, papers and sheets open for nobody outside their scope", () => {
  it("evidence (files.open)", async () => {
    const file = await id("file");
    for (const { name, who } of strangers)
      expect(await refusal(who.call(openFile, { id: file })), name).toBe("files/unknown");
    const own = scene.house.organisation(scene.organisation, places.own);
    expect(await textOf(await own.call(openFile, { id: file }))).toContain("PNG");
  });

  it("documents (documents.open)", async () => {
    const document = await id("document");
    for (const { name, who } of strangers)
      expect(await refusal(who.call(openDocument, { id: document })), name).toBe("documents/unknown");
    expect(await textOf(await scene.house.as("auditor", places.parent).call(openDocument, { id: document }))).toContain(
      "%PDF",
    );
  });

  it("uploaded sheets with their mistakes marked (sheet.marked)", async () => {
    const batch = await id("sheet_batch");
    for (const { name, who } of strangers.slice(0, 2))
      expect(await refusal(who.call(marked, { id: batch })), name).toBe("sheet/unknown-batch");
    for (const { name, who } of strangers.slice(2))
      expect(await refusal(who.call(marked, { id: batch })), name).toBe("auth/not-your-role");
  });

  it("sealed values (vault.unmask)", async () => {
    const asked = { subjectId: String(scene.known.officerId), field: "phone", reason: "核实" };
    for (const { name, who } of strangers.slice(0, 2))
      expect(await refusal(who.call(unmask, asked)), name).toBe("vault/nothing-sealed");
    expect((await scene.house.as("registrar", places.own).call(unmask, asked)).value).toBe("13800001234");
  });
});

describe("lists, searches, figures and exports end at the border", () => {
  it("a search by a fragment, by pinyin initials and by the whole name finds nothing of another register", async () => {
    for (const q of ["望春", "wczx", "城东区望春助学促进会"])
      for (const { name, who } of strangers)
        expect((await who.call(listOrganisations, { q })).items, `${q} as ${name}`).toEqual([]);
    expect((await scene.house.as("auditor", places.parent).call(listOrganisations, { q: "望春" })).items).toHaveLength(
      1,
    );
  });

  it("an export holds the rows of the asker's range and no other", async () => {
    const sibling = scene.house.as("registrar", places.sibling);
    const parent = scene.house.as("registrar", places.parent);
    const rows = async (who: TestActor) => textOf(await who.call(exportOrganisations, { format: "csv" }));
    expect(await rows(sibling)).toContain("远山登山协会");
    expect(await rows(sibling)).not.toContain("望春");
    expect(await rows(parent)).toContain("望春");
    const reports = await textOf(await sibling.call(exportReports, { year: 2025 }));
    expect(reports).not.toContain("望春");
  });

  it("asking for another division by name widens nothing", async () => {
    const sibling = scene.house.as("registrar", places.sibling);
    expect((await sibling.call(listOrganisations, { division: places.own })).items).toEqual([]);
    expect((await sibling.call(getStatistics, { division: places.own })).total.value).toBe(0);
    expect((await scene.house.as("registrar", places.own).call(getStatistics, {})).total.value).toBeGreaterThan(0);
  });
});

/** Tables whose rows the public may know by id: what stands in the publication schema is copied from them. */
const published = new Set(["public.organisation", "public.credit_listing"]);

const multipart = {
  headers: { "content-type": "multipart/form-data; boundary=part" },
  payload:
    '--part\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\na\r\n--part--\r\n',
};

describe("without an account", () => {
  it("every address behind the sign-in answers 401 and says nothing else", async () => {
    const server = await makeServer(scene.house.open, { secureCookies: false });
    try {
      for (const { operation } of scene.house.open.handlers.values()) {
        if (operation.door !== "app") continue;
        const method = operation.kind === "query" ? "GET" : "POST";
        const body = operation.upload ? multipart : operation.kind === "query" ? {} : { payload: {} };
        const answer = await server.inject({ method, url: pathOf(operation), ...body });
        expect(answer.statusCode, `${operation.id}: ${answer.body.slice(0, 200)}`).toBe(401);
        expect(answer.body, operation.id).not.toContain("望春");
      }
    } finally {
      await server.close();
    }
  });

  it("what the public may ask betrays no person, no sealed value and no id that is not published", async () => {
    const marks = (await (await makeWitness(scene)).marks()).filter((one) => !published.has(one.table));
    const secrets = [
      "样大山",
      "13800001234",
      "样无名",
      "13900000000",
      "样新叶",
      "有人冒用名义收费",
      ...marks.map((one) => one.mark),
    ];
    const asked: string[] = [];
    for (const { operation } of scene.house.open.handlers.values()) {
      if (operation.door === "app" || operation.door === "internal" || operation.kind === "command") continue;
      const who = publicAt(scene, operation.door).who;
      const code = "51630102MJ0000018X";
      const fields = { q: "城东", code, collection: "organisations.organisation", key: code, list: "abnormal" };
      const input = sampleInput(operation, fields, scene.given(operation));
      const text = await who.call(operation, input).then(textOf, (error: unknown) => {
        if (error instanceof Refusal) return error.code;
        throw error;
      });
      asked.push(operation.id);
      expect(
        secrets.filter((secret) => text.includes(secret)),
        operation.id,
      ).toEqual([]);
    }
    expect(asked).toContain("portal.search-organisations");
    expect(asked).toContain("documents.verify");
  });
});
