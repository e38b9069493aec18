import { addDays, addYears, yearOf } from "../kernel/clock/date.ts";
import { significant } from "../kernel/divisions/code.ts";
import type { Kind } from "../modules/organisations/index.ts";
import * as op from "../modules/organisations/organisations.contract.ts";
import { inventedCitizenId, inventedPhone } from "./codes.ts";
import { Dice } from "./dice.ts";
import { county, type InventedName, organisationName, personName } from "./names.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

/** What fills the files of organisations (一社一档演示): filings of a township, officers with their terms, meetings, charters. */
export class Files {
  readonly #stage: Stage;
  readonly #register: Register;
  readonly #dice = new Dice("files");
  readonly #names = new Set<string>();
  #phones = 300;

  constructor(stage: Stage, register: Register) {
    this.#stage = stage;
    this.#register = register;
  }

  plan(): void {
    this.#filings();
    this.#files();
  }

  #freshName(kind: Kind, place: string): InventedName {
    let made = organisationName(this.#dice, kind, place);
    while (this.#names.has(made.name) || this.#register.all.some((one) => one.name === made.name))
      made = organisationName(this.#dice, kind, place);
    this.#names.add(made.name);
    return made;
  }

  /** Community organisations filed by a township, confirmed for the year, one grown up to registration, one gone. */
  #filings(): void {
    const stage = this.#stage;
    const town = "630102100";
    const registrar = stage.staff("registrar", town);
    const year = yearOf(stage.today);
    const day = `${year - 1}-03-12`;
    const filings = [...Array(9).keys()].map((at) => {
      const made = this.#freshName("community_organisation", "乐家湾镇");
      return {
        name: made.name,
        division: town,
        office: "乐家湾镇人民政府",
        sponsor: `${made.trade}社区`,
        leader: personName(this.#dice),
        leaderPhone: inventedPhone(this.#phones++),
        field: `${made.field}日常活动`,
        domicile: `乐家湾镇${made.trade}社区活动室`,
        members: 14 + at * 3,
        filedOn: addDays(day, -at * 9),
      };
    });
    const applicant = personName(this.#dice);
    stage.on(day, async () => {
      const ids = await stage.batch(registrar, op.fileCommunity, "filings", async (ctx) => {
        const out: string[] = [];
        for (const one of filings) out.push((await stage.within(ctx, op.fileCommunity, one)).organisationId);
        return out;
      });
      const confirm = (id: string, days: number, active: boolean) =>
        stage.on(stage.ago(days), async () => {
          const year = yearOf(stage.day);
          await stage.call(registrar, op.confirmCommunity, { organisationId: id, year, active, members: 20 });
        });
      for (const id of ids.slice(0, 3)) confirm(id, 25, id !== ids[2]);
      stage.on(stage.ago(15), async () => {
        await stage.call(stage.staff("registrar", county), op.upgradeCommunity, {
          organisationId: ids[3] as string,
          kind: "social_group",
          applicant,
        });
      });
      stage.on(
        stage.ago(33),
        async () =>
          void (await stage.call(registrar, op.withdrawCommunity, {
            organisationId: ids[4] as string,
            reason: "连续一年未开展活动",
          })),
      );
    });
  }

  /** Officers with their terms, meetings and charters: enough files that a clerk finds full ones at once. */
  #files(): void {
    const stage = this.#stage;
    for (const code of ["63", county]) {
      const list = this.#register.all
        .filter(
          (one) =>
            significant(one.home) === code &&
            one.status === "registered" &&
            one.wave === "old" &&
            one.kind !== "community_organisation",
        )
        .slice(0, 26);
      stage.on(stage.ago(320), () => this.#officers(code, list));
      stage.on(stage.ago(300), () => this.#governance(code, list.slice(0, 12)));
    }
  }

  async #officers(code: string, list: readonly Recorded[]): Promise<void> {
    const stage = this.#stage;
    const dice = new Dice(`officers ${code}`);
    await stage.batch(stage.staff("registrar", code), op.recordOfficer, `officers ${code}`, async (ctx) => {
      for (const [at, one] of list.entries()) {
        const posts =
          one.kind === "social_group"
            ? (["legal_representative", "secretary_general"] as const)
            : (["legal_representative", "director"] as const);
        for (const [place, post] of posts.entries()) {
          const serial = at * 2 + place;
          const bornOn = `${1958 + dice.between(0, 34)}-0${dice.between(1, 9)}-1${dice.between(0, 9)}`;
          // Some terms have run out without an election, some end within weeks, most run on.
          const termTo =
            at % 9 === 0
              ? stage.ago(30 + at)
              : at % 7 === 0
                ? addDays(stage.today, 20 + at)
                : addYears(stage.today, 1 + (at % 3));
          const old = Number(termTo.slice(0, 4)) - Number(bornOn.slice(0, 4)) > 72;
          await stage.within(ctx, op.recordOfficer, {
            organisationId: one.id,
            name: place === 0 ? one.legalRepresentative : personName(dice),
            post,
            ...(serial % 3 === 0 && !old
              ? { citizenId: inventedCitizenId(bornOn, serial + (code === "63" ? 50 : 0)) }
              : {}),
            phone: inventedPhone(1_000 + serial + (code === "63" ? 500 : 0)),
            fullTime: place === 1,
            termFrom: addYears(termTo, -4),
            termTo,
            terms: 1 + (at % 2),
            despiteWarnings: true,
          });
        }
      }
      return { officers: list.length * 2 };
    });
  }

  async #governance(code: string, list: readonly Recorded[]): Promise<void> {
    const stage = this.#stage;
    const registrar = stage.staff("registrar", code);
    const heldOn = addDays(stage.day, -12);
    const meetings = await stage.batch(registrar, op.recordMeeting, `meetings ${code}`, async (ctx) => {
      const out: { organisationId: string; meetingId: string; passed: boolean | null }[] = [];
      for (const [at, one] of list.entries()) {
        const short = at % 5 === 4;
        const done = await stage.within(ctx, op.recordMeeting, {
          organisationId: one.id,
          body: one.kind === "social_group" ? "members" : "board",
          heldOn,
          matter: at % 2 === 0 ? "charter_amendment" : "officer_election",
          subject: at % 2 === 0 ? "修改章程" : "换届选举",
          entitled: 60,
          present: short ? 31 : 52,
          yes: short ? 25 : 47,
        });
        out.push({ organisationId: one.id, meetingId: done.meetingId, passed: done.passed });
      }
      return out;
    });
    await stage.batch(registrar, op.recordCharter, `charters ${code}`, async (ctx) => {
      const passed = meetings.filter((one, at) => one.passed === true && at % 2 === 0);
      for (const { organisationId, meetingId } of passed)
        await stage.within(ctx, op.recordCharter, {
          organisationId,
          adoptedOn: heldOn,
          approvedOn: stage.day,
          summary: "完善负责人产生程序与党建工作条款",
          meetingId,
        });
      return { charters: passed.length };
    });
  }
}
