import { addDays, daysBetween, yearOf } from "../kernel/clock/date.ts";
import { significant } from "../kernel/divisions/code.ts";
import type { Context } from "../kernel/operation/context.ts";
import { law } from "../kernel/regulations/law.rules.ts";
import {
  acceptRectification,
  conclude,
  finishOpening,
  list,
  openChunk,
  openYear,
  orderRectification,
  reportRectification,
  submitReport,
} from "../modules/annual-inspection/annual-inspection.contract.ts";
import {
  concludeBatch,
  markOverdue,
  previewBatch,
  previewOverdue,
} from "../modules/annual-inspection/annual-inspection.runs.contract.ts";
import { recordReport } from "../modules/annual-inspection/record.contract.ts";
import { listings } from "../modules/credit/credit.contract.ts";
import { type Outcome, reportFigures } from "./figures.ts";
import { RunningYear } from "./inspection-running.ts";
import { county } from "./names.ts";
import { registers } from "./organisations.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

/** An organisation whose report never came, with the proposal the overdue run has opened for it. */
export interface Laggard {
  readonly organisation: Recorded;
  readonly year: number;
  readonly listingId: string;
}

/** How many organisations of a register send no report in an ordinary year. */
const silent: Readonly<Record<string, number>> = { "63": 2, "6301": 1, [county]: 4, "630202": 1 };
/** Registers that began a year before all others. */
const pilots = ["63", "6301", county];
/** In the running year of the county: so many are marked overdue at first; others come late or have still to come. */
const markedNow = 6;

interface Story {
  /** Called when an overdue run has proposed listings; the credit part of the play goes on from there. */
  readonly overdue: (laggards: readonly Laggard[], finished: boolean) => void;
}

/** Three years of inspection (三年年检): two finished, the first of them in three registers, the last at every state there is. */
export class Inspection {
  readonly #stage: Stage;
  readonly #register: Register;
  readonly #story: Story;
  readonly first: number;
  readonly last: number;
  readonly running: RunningYear;

  constructor(stage: Stage, register: Register, story: Story) {
    this.#stage = stage;
    this.#register = register;
    this.#story = story;
    this.first = yearOf(stage.today) - 3;
    this.last = yearOf(stage.today) - 1;
    this.running = new RunningYear(stage, register, {
      year: this.last,
      firstYear: this.first,
      day: (monthDay) => this.#day(this.last, monthDay),
      markRectifications: () => this.#markOverdue(county, this.last, "rectification", 5),
    });
  }

  plan(): void {
    for (const code of pilots) {
      this.#stage.on(this.#day(this.first, "01-05"), async () => {
        await this.#stage.call(this.#stage.staff("registrar", code), openYear, { year: this.first });
      });
      this.#planRegister(code, this.first);
    }
    for (let year = this.first + 1; year <= this.last; year++) {
      this.#stage.on(this.#day(year, "01-05"), () => this.#open(year));
      for (const code of Object.keys(registers)) this.#planRegister(code, year);
    }
  }

  /**
   * A day of the year after the reporting year. In the running year, when less than ten months of it are over, all days
   * move together, so that the demonstration shows the same work in January as in December.
   */
  #day(year: number, monthDay: string): string {
    const day = `${year + 1}-${monthDay}`;
    if (year !== this.last) return day;
    const start = `${year + 1}-01-01`;
    const passed = daysBetween(start, this.#stage.today);
    return addDays(start, Math.floor(daysBetween(start, day) * Math.min(1, passed / 315)));
  }

  async #open(year: number): Promise<void> {
    const { system, open } = this.#stage;
    const openedBy = this.#stage.staff("administrator", open.house.root).accountId;
    const part = { year, division: open.house.root, home: null, openedBy };
    let after: { home: string; id: string } | null = { home: "", id: "00000000-0000-0000-0000-000000000000" };
    while (after) {
      const chunk: { next: { home: string; id: string } | null } = await this.#stage.call(system, openChunk, {
        ...part,
        afterHome: after.home,
        afterId: after.id,
        limit: 20_000,
      });
      after = chunk.next;
    }
    await this.#stage.call(system, finishOpening, part);
  }

  /** Those who owe a report of the year, in the order of the register. */
  #owing(code: string, year: number): Recorded[] {
    const cut = `${year}-06-30`;
    const charitiesApart = year + 1 >= yearOf(law.socialGroupInspection.effectiveFrom);
    return this.#register.all.filter(
      (one) =>
        significant(one.home) === code &&
        one.kind !== "community_organisation" &&
        ["registered", "suspended"].includes(one.status) &&
        one.registeredText <= cut &&
        (one.wave === "old" || year === this.last) &&
        !(charitiesApart && one.kind === "social_group" && one.charityOn !== null),
    );
  }

  #planRegister(code: string, year: number): void {
    const stage = this.#stage;
    const showing = year === this.last && code === county;
    stage.on(this.#day(year, "01-20"), async () => {
      const owing = this.#owing(code, year);
      const late = showing ? this.running.late(owing) : this.#late(owing, code, year);
      const online = showing ? this.running.online(owing.filter((one) => !late.includes(one))) : [];
      const onPaper = owing.filter((one) => !late.includes(one) && !online.includes(one));
      stage.on(this.#day(year, "05-18"), () => this.#record(code, year, onPaper));
    });
    const late = `${year + 1}-06-02`;
    const marked = this.#day(year, "06-09");
    // Never before the last day is over, as soon as it is.
    stage.on(marked < late && late <= stage.today ? late : marked, () =>
      this.#markOverdue(code, year, "report", showing ? markedNow : 200),
    );
    // The city's reports of the running year lie there in order and wait for the batch.
    if (year !== this.last || code !== "6301")
      stage.on(this.#day(year, "08-20"), () => this.#conclude(code, year, showing ? 30 : 200));
  }

  #late(owing: readonly Recorded[], code: string, year: number): Recorded[] {
    const free = owing.filter(
      (one) => one.kind !== "foundation" && one.unitId === null && !this.#register.isTaken(one.id),
    );
    return free.slice(year % 5, (year % 5) + (silent[code] ?? 0));
  }

  /** A report that comes long after its day: the rule says 基本合格, the decider passes it and says why. */
  comesAfterAll(one: Recorded, year: number, day: string): void {
    const stage = this.#stage;
    stage.on(day, async () => {
      const figures = reportFigures(one, year, this.first, "plain");
      const { reportId } = await stage.call(stage.organisation(one.id, one.home), submitReport, { year, figures });
      stage.on(addDays(day, 3), async () => {
        const reason = "首次迟报，已书面说明并补报完整";
        await stage.call(stage.staff("decider", significant(one.home)), conclude, {
          reportId,
          conclusion: "passed",
          reason,
        });
      });
    });
  }

  #outcome(one: Recorded, year: number): Outcome {
    const place = this.#register.all.indexOf(one) + year;
    if (one.kind === "foundation" && place % 8 === 0) return "ratio";
    return place % 71 === 0 ? "idle" : "plain";
  }

  /** Reports on paper, entered by the registrar as one sheet. */
  async #record(code: string, year: number, sent: readonly Recorded[]): Promise<void> {
    const sheet = this.#stage.open.house.sheets.get(recordReport.id);
    if (!sheet) throw new Error("past reports cannot be recorded");
    const lines = sent.map((one, at) => {
      const { lastYearIncomeFen: _last, ...figures } = reportFigures(one, year, this.first, this.#outcome(one, year));
      const code = one.creditCode ? { code: one.creditCode } : {};
      return recordReport.input.parse({
        name: one.name,
        ...code,
        year,
        filedOn: this.#filedOn(one, year, at),
        ...figures,
      });
    });
    if (lines.length === 0) return;
    await this.#stage.batch(
      this.#stage.staff("registrar", code),
      recordReport,
      `reports ${code} ${year}`,
      async (ctx) => {
        const done = await sheet.commit(ctx as Context, lines, "demo");
        const bad = done.find((one) => one.verdict === "bad");
        if (bad) throw new Error(`a report of the demonstration was refused: ${JSON.stringify(bad.problems)}`);
        return { recorded: done.length };
      },
    );
  }

  #filedOn(one: Recorded, year: number, at: number): string {
    const two = (number: number) => String(number).padStart(2, "0");
    const monthDay =
      one.kind === "foundation" ? `03-${two(2 + (at % 27))}` : `${two(3 + (at % 3))}-${two(1 + ((at * 5) % 17))}`;
    const day = this.#day(year, monthDay);
    return day < this.#stage.day ? day : this.#stage.day;
  }

  async #markOverdue(code: string, year: number, what: "report" | "rectification", limit: number): Promise<void> {
    const stage = this.#stage;
    const actor = stage.staff("registrar", code);
    const found = await stage.batch(actor, markOverdue, `overdue ${what} ${code} ${year}`, async (ctx) => {
      const preview = await stage.within(ctx, previewOverdue, { year, what, limit });
      if (preview.rows.length === 0) return [];
      await stage.within(ctx, markOverdue, { year, what, limit, digest: preview.digest });
      const { rows } = await stage.within(ctx, listings, { state: "proposed", limit: 200 });
      return preview.rows.flatMap((one) => {
        const listing = rows.find((row) => row.organisationId === one.organisationId);
        return listing ? [{ organisationId: one.organisationId, listingId: listing.id }] : [];
      });
    });
    if (what === "rectification") return;
    const laggards = found.flatMap(({ organisationId, listingId }) => {
      const organisation = this.#register.all.find((one) => one.id === organisationId);
      return organisation ? [{ organisation, year, listingId }] : [];
    });
    this.#story.overdue(laggards, year !== this.last);
  }

  /** Passes what is clean as a batch, and decides the rest one by one: problems found by the rules lead to 基本合格. */
  async #conclude(code: string, year: number, limit: number): Promise<void> {
    const stage = this.#stage;
    const done = await stage.batch(
      stage.staff("decider", code),
      concludeBatch,
      `conclusions ${code} ${year}`,
      async (ctx) => {
        const preview = await stage.within(ctx, previewBatch, { year, limit });
        const reportIds = preview.rows.map((one) => one.id);
        if (reportIds.length > 0) await stage.within(ctx, concludeBatch, { year, reportIds, digest: preview.digest });
        if (year === this.last && code === county) return [];
        const { rows } = await stage.within(ctx, list, { year, state: "filed", limit: 200 });
        const own = rows.filter((one) => one.findingCount > 0 && one.division === code);
        for (const [at, one] of own.entries()) {
          const issues = at % 4 === 3 ? [{ text: "长期未召开会员大会（理事会）", severity: "serious" as const }] : [];
          const conclusion = issues.length > 0 ? "failed" : "basic";
          await stage.within(ctx, conclude, { reportId: one.id, conclusion, issues });
        }
        return own.map(({ id, organisationId }) => ({ reportId: id, organisationId }));
      },
    );
    if (done.length > 0) this.#rectified(code, year, done);
  }

  /** What was found is put right: ordered, reported by the organisation, accepted. */
  #rectified(code: string, year: number, found: readonly { reportId: string; organisationId: string }[]): void {
    const stage = this.#stage;
    const { day } = stage;
    stage.on(addDays(day, 7), async () => {
      const items = ["按规定比例安排公益支出", "恢复按章程开展活动"];
      await stage.batch(stage.staff("decider", code), orderRectification, `orders ${code} ${year}`, async (ctx) => {
        for (const { reportId } of found) await stage.within(ctx, orderRectification, { reportId, items });
        return { orders: found.length };
      });
    });
    for (const [at, { reportId, organisationId }] of found.entries()) {
      const organisation = this.#register.all.find((one) => one.id === organisationId);
      if (!organisation) continue;
      const own = stage.organisation(organisation.id, organisation.home);
      stage.on(addDays(day, 50 + at), async () => {
        await stage.call(own, reportRectification, { year, text: "已按要求整改，情况说明与凭证随附。" });
      });
      stage.on(addDays(day, 60 + at), async () => {
        await stage.call(stage.staff("registrar", code), acceptRectification, { reportId });
      });
    }
  }
}
