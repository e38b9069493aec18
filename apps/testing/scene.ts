import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAccount, grantRole } from "../../kernel/auth/auth.contract.ts";
import { keepFile } from "../../kernel/files/files.contract.ts";
import { organisationCheckDigit } from "../../kernel/identity/organisation-code.ts";
import { creditCodeCheckDigit } from "../../kernel/identity/uscc.ts";
import type { Upload } from "../../kernel/operation/context.ts";
import type { Operation } from "../../kernel/operation/define.ts";
import { stage } from "../../kernel/sheet/sheet.contract.ts";
import { Phone } from "../../kernel/sync/testing/phone.ts";
import { type TestHouse, testHouse } from "../../kernel/testing/house.ts";
import { openYear } from "../../modules/annual-inspection/annual-inspection.contract.ts";
import {
  issueNotice,
  object,
  proposeListing,
  record,
  recordExistingListing,
} from "../../modules/credit/credit.contract.ts";
import {
  applyChange,
  draftRegistration,
  fileCommunity,
  recordExisting,
  recordOfficer,
} from "../../modules/organisations/organisations.contract.ts";
import { recordDeath } from "../../modules/people/index.ts";
import { sendComplaint } from "../../modules/portal/portal.contract.ts";
import { modules } from "../modules.ts";
import { careScene } from "./care-scene.ts";
import { donationScene } from "./donation-scene.ts";
import { equipmentScene } from "./equipment-scene.ts";
import { oversightScene } from "./oversight-scene.ts";
import type { KnownFields } from "./samples.ts";

/** The register everything stands in, and its neighbours: parent city and province, sibling county, child street. */
export const places = {
  own: "630102",
  parent: "6301",
  above: "63",
  sibling: "630103",
  child: "630102001",
  village: "630102001001",
  nextVillage: "630102001002",
  farVillage: "630103001001",
} as const;

/** A register with one of everything in it (权限测试场景), for asking who can see and who can change it. */
export interface Scene {
  readonly house: TestHouse;
  /** The organisation all subjects belong to, its unit, and others that have nothing to do with it. */
  readonly organisation: string;
  readonly unit: string;
  readonly otherOrganisation: string;
  readonly farOrganisation: string;
  readonly otherUnit: string;
  readonly known: KnownFields;
  /** Values of fields that name no subject. */
  readonly fields: KnownFields;
  /** What only a person knows about the input of an operation. */
  readonly given: (operation: Operation) => KnownFields;
  readonly upload: (operation: Operation) => Upload | undefined;
}

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const csv = Buffer.from("社会组织名称,类别,成立登记日期\n城东区初雪读书会,社会团体,2018-05-06\n", "utf8");

function fileUpload(directory: string, fileName: string, declaredType: string, body: Buffer): Upload {
  const path = join(directory, fileName);
  writeFileSync(path, body);
  return { fileName, declaredType, path, size: body.length, sha256: createHash("sha256").update(body).digest("hex") };
}

async function one(house: TestHouse, question: string, values: unknown[] = []): Promise<string> {
  const [row] = await house.sql<{ id: string }>(question, values);
  if (!row) throw new Error(`the scene lacks: ${question}`);
  return row.id;
}

/** Builds the scene through operations, as clerks would. */
export async function buildScene(): Promise<Scene> {
  const house = await testHouse(modules);
  house.clock.set("2026-06-15");
  const registrar = house.as("registrar", places.own);
  const existing = (name: string, division: string = places.own) =>
    house
      .as("registrar", division)
      .call(recordExisting, { name, kind: "social_group", registeredOn: "2015-03-01", legalRepresentative: "样小明" });
  const organisation = (await existing("城东区望春助学促进会")).id;
  const listed = (await existing("城东区听雨社区服务协会")).id;
  const otherOrganisation = (await existing("城东区落花书画研究会")).id;
  const farOrganisation = (await existing("城中区远山登山协会", places.sibling)).id;
  const [unit, otherUnit] = [crypto.randomUUID(), crypto.randomUUID()];
  for (const [id, name, home] of [
    [unit, "城东区样本教育局", places.own],
    [otherUnit, "城中区样本文化局", places.sibling],
  ])
    await house.sql(
      "insert into supervisory_unit (home_code, id, division_code, name, name_key, valid_from) values ($3::text, $1::uuid, $3::text, $2::text, $2::text, '2000-01-01')",
      [id, name, home],
    );
  await house.sql("update organisation set unit_id = $1 where id = $2", [unit, organisation]);
  await house.sql("update organisation set unit_id = $1 where id = $2", [otherUnit, farOrganisation]);

  const officer = await registrar.call(recordOfficer, {
    organisationId: organisation,
    name: "样大山",
    post: "director",
    phone: "13800001234",
    termFrom: "2024-01-01",
    termTo: "2027-12-31",
  });
  await registrar.call(fileCommunity, {
    name: "晨光广场舞队",
    division: places.child,
    office: "样本街道办事处",
    sponsor: "样小花",
    leader: "样小花",
    field: "文体",
    domicile: "样本路1号",
    members: 20,
  });
  const application = await registrar.call(applyChange, {
    organisationId: organisation,
    changes: { domicile: "望春路2号" },
    reason: "搬迁",
  });
  const draft = await registrar.call(draftRegistration, {
    name: "城东区新叶环保促进会",
    kind: "social_group",
    domicile: "新叶路1号",
    scope: "环境保护宣传",
    fundsFen: 3_000_000,
    directRegistration: true,
    legalRepresentative: "样新叶",
    applicant: "样新叶",
  });
  await registrar.call(openYear, { year: 2025 });
  const reportId = await one(house, "select id from inspection_report where organisation_id = $1", [organisation]);
  const listing = await registrar.call(proposeListing, {
    organisationId: organisation,
    list: "abnormal",
    ground: "annual_report",
    facts: { annual_report: "missing", report_year: 2025 },
    evidenceNote: "收件登记簿2026-05",
  });
  await registrar.call(issueNotice, { listingId: listing.listingId });
  const kept = await registrar.call(record, {
    organisationId: organisation,
    kind: "honour",
    title: "区级先进",
    authority: "城东区样本局",
    formedOn: "2026-06-10",
    content: {},
  });
  const legacy = await registrar.call(recordExistingListing, {
    organisationId: listed,
    list: "abnormal",
    ground: "annual_report",
    decisionNumber: "东民社〔2025〕9号",
    decidedOn: "2025-09-01",
    listedOn: "2025-09-01",
  });
  await registrar.call(object, { listingId: legacy.listingId, content: "我会已经补报年度报告，请核实。" });
  if (house.open.handlers.has(sendComplaint.id))
    await house.intake().call(sendComplaint, {
      division: places.own,
      text: "有人冒用名义收费。",
      name: "样无名",
      contact: "13900000000",
    });

  const care = await careScene(house);
  const donations = await donationScene(house, organisation);
  const equipment = { ...(await oversightScene(house, organisation)), ...(await equipmentScene(house)) };
  const phone = new Phone(() => house.clock.now);
  const carrier = house.as("officer", places.own);
  await phone.register(carrier, "样本手机");
  phone.record(recordDeath.id, { id: crypto.randomUUID(), on: "2026-06-01", source: "样本" });
  await phone.pushItems(carrier);

  const image = fileUpload(house.directory, "evidence.png", "image/png", png);
  const file = await registrar.call(keepFile, { organisationId: organisation }, { upload: image });
  const sheet = fileUpload(house.directory, "register.csv", "text/csv", csv);
  const batch = await registrar.call(stage, { operation: "organisations.record-existing" }, { upload: sheet });

  const administrator = house.as("administrator", places.own);
  const account = await administrator.call(createAccount, {
    login: "sample.clerk",
    displayName: "样本经办",
    password: "Wangchun-2026-lu",
  });
  const grant = await administrator.call(grantRole, { accountId: account.id, role: "registrar", division: places.own });

  const ids: Readonly<Record<string, string>> = {
    documents: await one(house, "select id from document where home_code = $1 limit 1", [places.own]),
    files: file.id,
    decision: await one(house, "select id from decision where home_code = $1 limit 1", [places.own]),
    sheet: batch.id,
    complaints: house.open.handlers.has(sendComplaint.id)
      ? await one(house, "select id from complaint where home_code = $1 limit 1", [places.own])
      : crypto.randomUUID(),
    objection: await one(
      house,
      "select id from credit_submission where home_code = $1 and kind = 'objection' limit 1",
      [places.own],
    ),
  };
  const known: KnownFields = {
    organisationId: organisation,
    applicationId: application.applicationId,
    reportId,
    listingId: listing.listingId,
    recordId: kept.recordId,
    officerId: officer.officerId,
    objectionId: ids.objection,
    accountId: account.id,
    grantId: grant.id,
  };
  const organisationCode = `MJ000001${organisationCheckDigit("MJ000001")}`;
  const codeBody = `51${places.own}${organisationCode}`;
  const byOperation: Readonly<Record<string, KnownFields>> = {
    "organisations.get": { id: organisation },
    "organisations.timeline": { id: organisation },
    "organisations.standing": { id: organisation },
    "organisations.get-application": { id: application.applicationId },
    "rules.get-decision": { id: ids.decision },
    "complaints.list": { state: undefined, organisationId: undefined },
    "duties.list": { organisationId: undefined },
    "vault.unmask": { subjectId: officer.officerId, field: "phone" },
    "sheet.template": { operation: "organisations.record-existing" },
    "rules.decide": { rule: "age.years", facts: { birth: "1990-01-01", on: "2026-06-15" } },
    "organisations.edit-application": { applicationId: draft.applicationId },
    "organisations.submit-application": { applicationId: draft.applicationId },
    "auth.grant-role": { accountId: account.id, role: "registrar", division: places.own },
    "auth.create-account": { login: "another.clerk", password: "Wangchun-2026-lu" },
    "auth.create-first-administrator": { login: "first.admin", password: "Wangchun-2026-lu" },
    "organisations.apply-change": { organisationId: organisation, changes: { domicile: "望春路3号" } },
    "organisations.approve-registration": {
      applicationId: draft.applicationId,
      creditCode: `${codeBody}${creditCodeCheckDigit(codeBody)}`,
    },
    "organisations.record-filings": { organisationId: organisation, sealOn: "2026-06-01" },
    "organisations.file-community": { division: places.child },
    "sync.register-device": { id: phone.id, publicKey: phone.publicKey },
    "sync.pull": { device: phone.id, received: 0 },
    "sync.push": {
      device: phone.id,
      items: [
        {
          key: "1",
          operation: recordDeath.id,
          input: {},
          happenedAt: "2026-06-01T02:00:00Z",
          contract: "1",
          signature: "forged",
        },
      ],
    },
    "sync.push-file": { device: phone.id, sha256: image.sha256 },
    "sync.wipe-device": { id: phone.id },
    "sync.settle-held": {
      id: await one(house, "select id from held_act where home_code = $1 limit 1", [places.own]),
    },
  };
  return {
    house,
    organisation,
    unit,
    otherOrganisation,
    farOrganisation,
    otherUnit,
    known,
    fields: { year: 2025 },
    given: (operation) => {
      const room = operation.id.slice(0, operation.id.indexOf("."));
      const own = byOperation[operation.id] ?? care[operation.id] ?? donations[operation.id] ?? equipment[operation.id];
      if (own) return own;
      return room in ids &&
        /^(documents|files|sheet|complaints)\.(open|get|answer|commit|undo|marked|accept|not-ours|reply|answer-review|assign|close)$/.test(
          operation.id,
        )
        ? { id: ids[room] }
        : {};
    },
    upload: (operation) => (operation.id === "sheet.stage" ? sheet : operation.upload ? image : undefined),
  };
}
