import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDuties } from "../../../kernel/duty/duty.contract.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { unmask } from "../../../kernel/vault/vault.contract.ts";
import { askComplaintReview, getComplaintStatus, sendComplaint } from "../../portal/portal.contract.ts";
import { portalHouse } from "../../portal/server/portal.fixture.ts";
import {
  acceptComplaint,
  answerReview,
  assignComplaint,
  closeComplaint,
  getComplaint,
  listComplaints,
  refuseComplaint,
  replyToComplaint,
} from "../complaints.contract.ts";

const organisation = "01930000-0000-7000-8000-0000000000aa";
const code = "51630102MJ0000002B";

describe("complaints from the public", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await portalHouse();
    house.clock.set("2026-05-29");
    const columns = await house.sql<{ column_name: string; data_type: string }>(
      "select column_name, data_type from information_schema.columns where table_name = 'organisation' and table_schema = 'public' and is_nullable = 'NO' and column_default is null",
    );
    const known: Record<string, unknown> = {
      home_code: "630102",
      id: organisation,
      division_code: "630102",
      name: "城东区明德慈善总会",
      credit_code: code,
      kind: "social_group",
      status: "registered",
    };
    const filler = (type: string) =>
      type === "boolean"
        ? false
        : /int/.test(type)
          ? 0
          : /timestamp/.test(type)
            ? "2026-01-01T00:00:00Z"
            : type === "date"
              ? "2026-01-01"
              : type === "jsonb"
                ? "[]"
                : "x";
    const all: Record<string, unknown> = {
      ...Object.fromEntries(columns.map((one) => [one.column_name, filler(one.data_type)])),
      ...known,
    };
    const names = Object.keys(all);
    await house.sql(
      `insert into organisation (${names.join(", ")}) values (${names.map((_, at) => `$${at + 1}`).join(", ")})`,
      Object.values(all),
    );
    await house.sql("insert into organisation_code (code, home_code, organisation_id) values ($1, '630102', $2)", [
      code,
      organisation,
    ]);
  }, 180_000);
  afterAll(() => house.close());

  it("gives a number and a receipt, opens a duty of five working days for the organisation's registrar, and seals who sent it", async () => {
    const sent = await house
      .intake()
      .call(sendComplaint, { code, text: "收费不开票据", name: "马某某", contact: "13900000000" });
    expect(sent).toMatchObject({
      number: "投2026-000001",
      receivedOn: "2026-05-29",
      acceptBy: "2026-06-05",
      organisation: "城东区明德慈善总会",
    });
    expect(sent.receipt).toMatch(/^[2-9A-HJ-NP-Z]{16}$/);
    const clerk = house.as("registrar", "630102");
    const duties = (await clerk.call(listDuties, { due: "all" })).duties;
    expect(duties).toMatchObject([
      { kind: "complaints.accept", dueOn: "2026-06-05", subject: "投2026-000001", organisationId: null },
    ]);
    const [line] = (await clerk.call(listComplaints, {})).complaints;
    const one = await clerk.call(getComplaint, { id: line?.id ?? "" });
    expect(one).toMatchObject({
      text: "收费不开票据",
      state: "received",
      sealed: ["complainant_name", "complainant_contact"],
    });
    expect(JSON.stringify(one)).not.toMatch(/马某某|13900000000/);
    const kept = await house.sql(
      "select t::text as row from complaint t union all select t::text from complaint_receipt t union all select t::text from journal_entry t union all select t::text from sealed_field t",
    );
    expect(kept.filter((row) => /马某某|13900000000/.test(String(row.row)))).toEqual([]);
    expect(kept.some((row) => /收费不开票据/.test(String(row.row)))).toBe(true);
    const journal = await house.sql<{ payload: object }>(
      "select payload from journal_entry where event = 'complaint-received'",
    );
    expect(JSON.stringify(journal)).not.toContain("收费不开票据");
  });

  it("shows who sent it only by an act of its own, with a reason, in the journal", async () => {
    const clerk = house.as("registrar", "630102");
    const [line] = (await clerk.call(listComplaints, {})).complaints;
    const shown = await clerk.call(unmask, {
      subjectId: line?.id ?? "",
      field: "complainant_contact",
      reason: "需要补充材料",
    });
    expect(shown.value).toBe("13900000000");
    const entries = await house.sql<{ payload: { reason: string } }>(
      "select payload from journal_entry where event = 'sealed-field.shown'",
    );
    expect(entries).toMatchObject([{ payload: { reason: "需要补充材料" } }]);
    await expect(
      house
        .as("registrar", "630103")
        .call(unmask, { subjectId: line?.id ?? "", field: "complainant_contact", reason: "看看" }),
    ).rejects.toMatchObject({ code: "vault/nothing-sealed" });
  });

  it("goes its way: accepted, answered, and the sender reads it with number and receipt together", async () => {
    const sent = await house.intake().call(sendComplaint, { text: "在广场乱摆摊" });
    const clerk = house.as("registrar", "63");
    const [line] = (await clerk.call(listComplaints, { state: "received" })).complaints.filter(
      (one) => one.number === sent.number,
    );
    expect(line).toMatchObject({ about: "other", division: "63" });
    const id = line?.id ?? "";
    await expect(clerk.call(replyToComplaint, { id, text: "已办" })).rejects.toMatchObject({
      code: "procedure/not-possible",
    });
    await clerk.call(acceptComplaint, { id });
    expect((await clerk.call(listDuties, { due: "all" })).duties.filter((one) => one.subject === sent.number)).toEqual(
      [],
    );
    await clerk.call(replyToComplaint, { id, text: "已责令整改。" });
    const status = await house
      .intake(sent.receipt)
      .call(getComplaintStatus, { number: sent.number, receipt: sent.receipt });
    expect(status).toMatchObject({
      state: "replied",
      answer: "已责令整改。",
      acceptedOn: "2026-05-29",
      organisation: null,
    });
    const { steps } = await clerk.call(getComplaint, { id });
    expect(steps.map((step) => step.act)).toEqual(["receive", "accept", "reply"]);
  });

  it("a number without its receipt, or with another's, finds nothing", async () => {
    const mine = await house.intake().call(sendComplaint, { text: "一" });
    const other = await house.intake().call(sendComplaint, { text: "二" });
    for (const [receipt, number] of [
      [other.receipt, mine.number],
      ["", mine.number],
      ["AAAAAAAAAAAAAAAA", mine.number],
    ] as const)
      await expect(
        house.intake(receipt).call(getComplaintStatus, { number, receipt: receipt || "-" }),
      ).rejects.toMatchObject({ code: "portal/unknown-receipt" });
    // The right receipt in the question but not in the scope: row level security answers, not the handler.
    await expect(
      house.intake().call(getComplaintStatus, { number: mine.number, receipt: mine.receipt }),
    ).rejects.toMatchObject({ code: "portal/unknown-receipt" });
  });

  it("is not ours: says whose it is, and the duty ends", async () => {
    const sent = await house.intake().call(sendComplaint, { text: "邻居装修噪声", division: "630103" });
    const clerk = house.as("registrar", "630103");
    const [line] = (await clerk.call(listComplaints, {})).complaints;
    await clerk.call(refuseComplaint, { id: line?.id ?? "", responsible: "城中区住房和城乡建设局" });
    expect(
      await house.intake(sent.receipt).call(getComplaintStatus, { number: sent.number, receipt: sent.receipt }),
    ).toMatchObject({ state: "not_ours", responsible: "城中区住房和城乡建设局" });
    expect((await clerk.call(listDuties, { due: "all" })).duties).toEqual([]);
  });

  it("is assigned and closed; the sender is told neither who handles it nor that the file is closed", async () => {
    const sent = await house.intake().call(sendComplaint, { text: "牌匾与名称不符", division: "630105" });
    const clerk = house.as("registrar", "630105");
    const id = (await clerk.call(listComplaints, {})).complaints[0]?.id ?? "";
    await expect(clerk.call(assignComplaint, { id, handler: "甲科" })).rejects.toMatchObject({
      code: "procedure/not-possible",
    });
    await clerk.call(acceptComplaint, { id });
    await clerk.call(assignComplaint, { id, handler: "甲科" });
    await clerk.call(assignComplaint, { id, handler: "乙科" });
    const told = () =>
      house.intake(sent.receipt).call(getComplaintStatus, { number: sent.number, receipt: sent.receipt });
    expect((await told()).state).toBe("accepted");
    await expect(clerk.call(closeComplaint, { id })).rejects.toMatchObject({ code: "procedure/not-possible" });
    await clerk.call(replyToComplaint, { id, text: "已更换。" });
    await clerk.call(closeComplaint, { id });
    expect(await told()).toMatchObject({ state: "replied", answer: "已更换。" });
    expect(JSON.stringify(await told())).not.toContain("乙科");
    const file = await clerk.call(getComplaint, { id });
    expect(file).toMatchObject({ state: "closed", handler: "乙科" });
    expect(file.acts.filter((act) => act.obstacles.length === 0)).toEqual([]);
    expect(file.steps.map((step) => step.act)).toEqual(["receive", "accept", "assign", "assign", "reply", "close"]);
  });

  it("lists what is late first and what is over last, counts both, and pages without losing one", async () => {
    const division = "630121";
    const clerk = house.as("registrar", division);
    const send = (text: string) => house.intake().call(sendComplaint, { text, division });
    house.clock.set("2026-03-02");
    const over = await send("一");
    const [first] = (await clerk.call(listComplaints, {})).complaints;
    await clerk.call(refuseComplaint, { id: first?.id ?? "", responsible: "城管局" });
    const handled = await send("二");
    const [second] = (await clerk.call(listComplaints, { state: "received" })).complaints;
    await clerk.call(acceptComplaint, { id: second?.id ?? "" });
    const late = await send("三");
    house.clock.set("2026-05-29");
    const fresh = await send("四");
    const numbers = [late, fresh, handled, over].map((one) => one.number);
    const whole = await clerk.call(listComplaints, {});
    expect(whole.complaints.map((one) => one.number)).toEqual(numbers);
    expect(whole).toMatchObject({ total: { value: 4, exact: true }, overdue: 1, next: null });
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await clerk.call(listComplaints, { limit: 1, after });
      paged.push(...page.complaints.map((one) => one.number));
      after = page.next ?? undefined;
    } while (after);
    expect(paged).toEqual(numbers);
    expect(await clerk.call(listComplaints, { state: "accepted" })).toMatchObject({ total: { value: 1 }, overdue: 0 });
  });

  it("a parent reads and cannot act; a sibling sees nothing", async () => {
    const above = house.as("registrar", "63");
    const line = (await above.call(listComplaints, {})).complaints.find((one) => one.number === "投2026-000001");
    expect(line).toBeDefined();
    await expect(above.call(acceptComplaint, { id: line?.id ?? "" })).rejects.toMatchObject({
      code: "complaints/not-your-register",
    });
    const beside = house.as("registrar", "630104");
    expect((await beside.call(listComplaints, {})).complaints).toEqual([]);
    await expect(beside.call(getComplaint, { id: line?.id ?? "" })).rejects.toMatchObject({
      code: "complaints/unknown",
    });
  });

  it("an unknown organisation is refused and nothing is kept", async () => {
    const before = await house.sql("select count(*)::int as n from complaint");
    await expect(house.intake().call(sendComplaint, { code: "51630102MJ9999999X", text: "文" })).rejects.toMatchObject({
      code: "portal/unknown-organisation",
    });
    expect(await house.sql("select count(*)::int as n from complaint")).toEqual(before);
  });

  it("sent twice with one key it is one complaint; many at once have numbers of their own", async () => {
    const twice = await Promise.all(
      [1, 2].map(() => house.intake().call(sendComplaint, { text: "重复" }, { key: "form-token-00000000000000" })),
    );
    expect(twice[0]?.number).toBe(twice[1]?.number);
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, at) => house.intake().call(sendComplaint, { text: `第${at}件` })),
    );
    expect(new Set(many.map((one) => one.number)).size).toBe(12);
  });

  it("the door that anybody may use cannot read a complaint back", async () => {
    const ask = (text: string, receipt?: string) =>
      house.open.database.transaction({ kind: "intake", ...(receipt ? { receipt } : {}) }, (tx) =>
        tx.many({ text, values: [] }),
      );
    await expect(ask("select * from complaint")).rejects.toThrow(/permission denied/);
    expect(await ask("select * from complaint_receipt")).toEqual([]);
    await expect(ask("update complaint_receipt set answer = 'x'")).rejects.toThrow(/permission denied/);
    await expect(
      house.open.database.transaction({ kind: "staff", lo: "63", hi: "64", home: "630000" }, (tx) =>
        tx.many({ text: "select * from complaint_receipt", values: [] }),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it("a review is asked for once, in time, and answered by another hand", async () => {
    house.clock.set("2026-06-01");
    const sent = await house.intake().call(sendComplaint, { code, text: "答复与事实不符的样本。" });
    const door = house.intake(sent.receipt);
    const asks = (reason = "没有查看账目") =>
      door.call(askComplaintReview, { number: sent.number, receipt: sent.receipt, reason });
    const registrar = house.as("registrar", "630102");
    const decider = house.as("decider", "630102");
    const [row] = await house.sql<{ id: string }>("select id from complaint where number = $1", [sent.number]);
    const id = row?.id ?? "";
    await expect(asks()).rejects.toMatchObject({ code: "portal/not-answered-yet" });
    await registrar.call(acceptComplaint, { id });
    await registrar.call(replyToComplaint, { id, text: "经核查，收费符合规定。" });
    const told = () => door.call(getComplaintStatus, { number: sent.number, receipt: sent.receipt });
    expect(await told()).toMatchObject({ state: "replied", reviewUntil: "2026-07-01" });
    // The authority may close it; the sender's right stays.
    await registrar.call(closeComplaint, { id });
    await expect(
      house.intake("WRONG").call(askComplaintReview, { number: sent.number, receipt: "WRONG", reason: "x" }),
    ).rejects.toMatchObject({ code: "portal/unknown-receipt" });
    house.clock.set("2026-07-01");
    expect(await asks()).toMatchObject({ number: sent.number, answerBy: "2026-07-22" });
    await expect(asks("再问一次")).rejects.toMatchObject({ code: "portal/review-asked-before" });
    expect(await told()).toMatchObject({ state: "reviewing", reviewUntil: null, reviewAskedOn: "2026-07-01" });
    expect((await decider.call(listDuties, {})).duties.map((one) => one.kind)).toContain("complaints.review");
    // The term was fixed on the day it was asked for, whoever looks on whatever day.
    house.clock.set("2026-07-03");
    const [waiting] = (await decider.call(listComplaints, { state: "reviewing" })).complaints;
    expect(waiting).toMatchObject({ id, answerBy: "2026-07-22" });
    house.clock.set("2026-07-01");
    await expect(registrar.call(closeComplaint, { id })).rejects.toMatchObject({ code: "procedure/not-possible" });
    await expect(registrar.call(answerReview, { id, text: "维持" })).rejects.toThrow();
    // The hand that gave the answer, under another grant, is still the same hand.
    const same = { ...decider.actor, accountId: registrar.actor.accountId };
    await expect(
      house.open.call(answerReview.id, { id, text: "维持" }, same, { now: house.clock.now }),
    ).rejects.toMatchObject({ code: "procedure/not-possible" });
    await decider.call(answerReview, { id, text: "已查看账目，多收部分责令退还。" });
    expect((await registrar.call(getComplaint, { id })).review).toEqual({
      askedOn: "2026-07-01",
      reason: "没有查看账目",
      answer: "已查看账目，多收部分责令退还。",
      answeredOn: "2026-07-01",
    });
    expect((await registrar.call(getComplaint, { id })).answerBy).toBeNull();
    await registrar.call(closeComplaint, { id });
    expect(await told()).toMatchObject({ state: "reviewed", reviewAnswer: "已查看账目，多收部分责令退还。" });
    await expect(asks()).rejects.toMatchObject({ code: "portal/review-asked-before" });

    const late = await house.intake().call(sendComplaint, { code, text: "过期的样本。" });
    const [other] = await house.sql<{ id: string }>("select id from complaint where number = $1", [late.number]);
    await registrar.call(acceptComplaint, { id: other?.id ?? "" });
    await registrar.call(replyToComplaint, { id: other?.id ?? "", text: "已答复。" });
    house.clock.set("2026-08-01");
    await expect(
      house
        .intake(late.receipt)
        .call(askComplaintReview, { number: late.number, receipt: late.receipt, reason: "晚了" }),
    ).rejects.toMatchObject({ code: "portal/review-too-late" });
  });
});
