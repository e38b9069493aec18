import type { Actor } from "../../operation/context.ts";
import { Refusal } from "../../operation/errors.ts";
import type { TestActor, TestHouse } from "../../testing/house.ts";
import type { OutboxItem } from "../act.ts";
import { listHeld, settleHeld, wipeDevice } from "../sync.contract.ts";
import { type Dice, type Land, type MakeLand, makeDice, type Place } from "./land.ts";
import { Phone, type Send } from "./phone.ts";

/** Faults put in on purpose, to see that a run finds them (植入的缺陷). */
export const plants = ["new-key", "trusting-server", "deaf-phone", "dropped-outbox"] as const;
export type Plant = (typeof plants)[number];

/** What went wrong in one run; empty when nothing did. */
export interface RunReport {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly log: readonly string[];
  readonly acts: number;
  readonly held: number;
}

interface Worker {
  readonly account: string;
  villages: readonly string[];
  disabled: boolean;
  readonly phones: { readonly phone: Phone; offline: boolean; ordered: boolean }[];
}

interface Act {
  readonly mark: string;
  readonly key: string;
  readonly phone: string;
  readonly recordedAt: number;
}

const STEPS = 60;
const START = Date.parse("2026-06-10T01:00:00Z");

/** One run (一次模拟): workers, phones and people of two counties, sixty things that happen, then everything comes to rest. */
class Run {
  readonly #house: TestHouse;
  readonly #place: Place;
  readonly #dice: Dice;
  readonly #land: Land;
  readonly #plant: Plant | undefined;
  readonly #log: string[] = [];
  readonly #problems: string[] = [];
  readonly #acts: Act[] = [];
  readonly #late: (() => Promise<unknown>)[] = [];
  readonly #workers: Worker[] = [];
  readonly #hands = new Map<string, string>();
  #now = new Date(START);

  constructor(house: TestHouse, place: Place, seed: number, makeLand: MakeLand, plant: Plant | undefined) {
    this.#house = house;
    this.#place = place;
    this.#dice = makeDice(seed);
    this.#plant = plant;
    this.#land = makeLand({
      house,
      place,
      dice: this.#dice,
      now: () => this.#now,
      officer: (home) => this.#officer(home),
      worker: (villages) => this.#as({ account: this.#dice.id(), villages, disabled: false, phones: [] }),
    });
  }

  #acting(actor: Actor): TestActor {
    return {
      actor,
      call: (operation, input, extra) =>
        this.#house.open.call(operation.id, input, actor, { now: this.#now, ...extra }) as never,
    };
  }
  #officer(home: string): TestActor {
    const accountId = this.#hands.get(home) ?? this.#dice.id();
    this.#hands.set(home, accountId);
    return this.#acting({ ...this.#house.as("officer", home).actor, accountId });
  }
  #as(worker: Worker): TestActor {
    return this.#acting({ ...this.#house.worker(worker.villages).actor, accountId: worker.account });
  }
  #say(text: string): void {
    this.#log.push(`${this.#now.toISOString().slice(5, 16)} ${text}`);
  }
  #someVillages(): readonly string[] {
    const home = this.#dice.pick(this.#place.homes);
    const here = this.#place.villages.filter((one) => one.startsWith(home));
    const first = this.#dice.pick(here);
    return this.#dice.chance(0.5) ? [first] : [...new Set([first, this.#dice.pick(here)])];
  }
  async #newPhone(worker: Worker): Promise<void> {
    const phone = new Phone(() => this.#now, this.#dice.id());
    await phone.register(this.#as(worker));
    worker.phones.push({ phone, offline: false, ordered: false });
  }

  /** What a bad network does with a request: it is lost, its answer is, it arrives twice, or once more much later. */
  #send(): Send {
    const kind = this.#dice.pick(["well", "well", "well", "lost", "killed", "killed", "twice", "late"] as const);
    return async (request) => {
      if (kind === "lost") return undefined;
      if (kind === "twice") return (await Promise.all([request(), request()]))[0];
      const answer = await request();
      if (kind === "late") this.#late.push(request);
      return kind === "killed" ? undefined : answer;
    };
  }

  #record(worker: Worker, phone: Phone): void {
    const people = [...phone.store].flatMap(([name, { body }]) => {
      const [type, id] = name.split(" ") as [string, string];
      return this.#land.personOf(type, id, body) ?? [];
    });
    if (people.length === 0) return;
    const mark = this.#dice.id();
    const person = this.#dice.pick(people);
    const { operation, input } = this.#land.act(person, mark, phone.time);
    const { key } = phone.record(operation, input, this.#dice.id());
    this.#acts.push({ mark, key, phone: phone.id, recordedAt: this.#now.getTime() });
    this.#say(`${worker.account.slice(0, 4)} records ${mark.slice(0, 4)} about ${person.slice(-4)}`);
  }

  async #push(worker: Worker, phone: Phone, who = this.#as(worker), send = this.#send()): Promise<void> {
    const some = phone.outbox.filter(() => this.#dice.chance(0.7));
    if (some.length > 1 && this.#dice.chance(0.3)) some.reverse();
    if (some[0] && this.#dice.chance(0.2)) some.push(some[0]);
    if (some.length === 0) return;
    const before = new Set(phone.outbox.map((one) => one.key));
    await phone.pushItems(who, some, send);
    this.#say(`${phone.id.slice(0, 4)} sends ${some.length}, ${phone.outbox.length} of ${before.size} remain`);
    if (this.#plant === "dropped-outbox") phone.outbox = phone.outbox.filter((one) => !some.includes(one));
    if (this.#plant === "new-key") phone.outbox = phone.outbox.map((one) => this.#rekey(phone, one));
  }
  #rekey(phone: Phone, item: OutboxItem): OutboxItem {
    return phone.sign({ ...item, key: this.#dice.id() });
  }

  async #pull(worker: Worker, phone: Phone, send = this.#send(), limit = 1 + this.#dice.int(4)): Promise<boolean> {
    const store = new Map(phone.store);
    const page = await phone.pullPage(this.#as(worker), limit, send);
    if (this.#plant === "deaf-phone" && page)
      for (const { type, id } of page.gone) {
        const kept = store.get(`${type} ${id}`);
        if (kept) phone.store.set(`${type} ${id}`, kept);
      }
    if (this.#plant === "trusting-server")
      await this.#house.sql("update device_record set page = 0 where device_id = $1 and page is not null", [phone.id]);
    const done =
      page !== undefined && !page.wipe && !page.more && page.waitSeconds === null && page.page <= phone.received;
    if (done && page.records.length === 0 && page.gone.length === 0) await this.#compare(worker, phone);
    return page?.wipe === true || (done && page.records.length === 0 && page.gone.length === 0);
  }

  /** A phone that was told there is nothing more holds exactly what its worker may see now. */
  async #compare(worker: Worker, phone: Phone): Promise<void> {
    const expected = await this.#land.expected(worker.villages);
    for (const name of phone.store.keys())
      if (!expected.has(name))
        this.#problems.push(`phone ${phone.id} of ${worker.villages} shows ${name}, outside its scope`);
    for (const name of expected)
      if (!phone.store.has(name)) this.#problems.push(`phone ${phone.id} of ${worker.villages} lacks ${name}`);
  }

  async #settle(home: string): Promise<number> {
    const officer = this.#officer(home);
    const { held } = await officer.call(listHeld, { limit: 200 });
    let settled = 0;
    for (const one of held.filter((row) => row.division.startsWith(home))) {
      try {
        await officer.call(settleHeld, { id: one.id, decision: "apply", reason: "属实" });
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== "sync/still-refused") throw error;
        const cause = error.facts as { code?: string };
        this.#say(`held ${one.id.slice(0, 4)} still refused: ${cause.code}, set aside`);
        await officer.call(settleHeld, { id: one.id, decision: "set-aside", reason: "仍不能写入" });
      }
      settled++;
    }
    return settled;
  }

  async #step(): Promise<void> {
    const dice = this.#dice;
    this.#now = new Date(this.#now.getTime() + dice.int(90) * 60_000);
    const worker = dice.pick(this.#workers);
    const holder = dice.pick(worker.phones);
    const { phone } = holder;
    const online = !holder.offline && !worker.disabled;
    const kind = dice.int(100);
    if (kind < 30) this.#record(worker, phone);
    else if (kind < 50) {
      if (online) await this.#pull(worker, phone);
    } else if (kind < 68) {
      if (online) await this.#push(worker, phone);
    } else if (kind < 74) holder.offline = !holder.offline;
    else if (kind < 84) this.#say(await this.#land.disturb());
    else if (kind < 88) {
      worker.villages = this.#someVillages();
      this.#say(`${worker.account.slice(0, 4)} serves ${worker.villages}`);
    } else if (kind < 90) phone.skew = dice.pick([0, 0, 3, -4, 45, -90, 600, -1500]);
    else if (kind < 92) {
      worker.disabled = !worker.disabled;
      this.#say(`${worker.account.slice(0, 4)} is ${worker.disabled ? "disabled" : "enabled"}`);
    } else if (kind < 93) await this.#newPhone(worker);
    else if (kind < 94) await this.#wipe(holder);
    else if (kind < 96) await this.#handOver(worker, phone);
    else if (kind < 98) await this.#settle(dice.pick(this.#place.homes));
    else await this.#arriveLate();
  }

  /** A request that was answered long ago arrives once more; that it may be refused by now is its own affair. */
  async #arriveLate(): Promise<void> {
    try {
      await this.#late.shift()?.();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async #wipe(holder: { phone: Phone; ordered: boolean }): Promise<void> {
    const [row] = await this.#house.sql<{ home_code: string }>("select home_code from device where id = $1", [
      holder.phone.id,
    ]);
    if (!row) return;
    await this.#officer(row.home_code).call(wipeDevice, { id: holder.phone.id, reason: "遗失" });
    holder.ordered = true;
    this.#say(`wipe ordered for ${holder.phone.id.slice(0, 4)}`);
  }

  /** A colleague who has one of its villages signs in on the phone and brings what it holds. */
  async #handOver(worker: Worker, phone: Phone): Promise<void> {
    const [row] = await this.#house.sql<{ village: string }>(
      "select divisions[1] as village from device where id = $1",
      [phone.id],
    );
    if (!row) return;
    const { village } = row;
    const colleague = { account: this.#dice.id(), villages: [village], disabled: false, phones: [] };
    this.#say(`a colleague brings what ${phone.id.slice(0, 4)} holds`);
    await this.#push(worker, phone, this.#as(colleague));
  }

  /** Everything comes to rest: late requests arrive, phones send and ask, officers settle; then the books are compared. */
  async #rest(): Promise<void> {
    while (this.#late.length > 0) await this.#arriveLate();
    const well: Send = (request) => request();
    for (const worker of this.#workers) {
      worker.disabled = false;
      for (const { phone } of worker.phones) {
        for (let turn = 0; phone.outbox.length > 0 && turn < 60; turn++)
          await this.#push(worker, phone, this.#as(worker), well);
        if (phone.outbox.length > 0) this.#problems.push(`${phone.outbox.length} acts never left phone ${phone.id}`);
      }
    }
    for (let turn = 0; turn < 20; turn++)
      if ((await this.#settle(this.#place.homes[0])) + (await this.#settle(this.#place.homes[1])) === 0) break;
    for (const worker of this.#workers) {
      for (const { phone, ordered } of worker.phones) {
        let done = false;
        for (let turn = 0; !done && turn < 100; turn++) done = await this.#pull(worker, phone, well, 5);
        if (!done) this.#problems.push(`phone ${phone.id} never came to rest`);
        if (ordered && phone.store.size > 0)
          this.#problems.push(`phone ${phone.id} was to be wiped and holds ${phone.store.size}`);
      }
      const outside = await this.#land.outside(this.#as(worker), worker.villages);
      this.#problems.push(...outside.map((one) => `a question of ${worker.villages} shows ${one}`));
    }
  }

  async #audit(): Promise<number> {
    const written = await this.#land.written();
    const held = await this.#house.sql<{ key: string; state: string; n: number }>(
      "select key, min(state) as state, count(*)::integer as n from held_act where home_code = any($1) group by key",
      [this.#place.homes],
    );
    const heldBy = new Map(held.map((row) => [row.key, row]));
    for (const { mark, key, recordedAt } of this.#acts) {
      const times = written.get(mark)?.times ?? 0;
      const kept = heldBy.get(key);
      const aside = kept?.state === "set-aside";
      if (kept && kept.n > 1) this.#problems.push(`act ${mark} is held ${kept.n} times`);
      if (times > 1) this.#problems.push(`act ${mark} was written ${times} times`);
      if (times === 1 && aside) this.#problems.push(`act ${mark} was written and set aside`);
      if (times === 0 && !aside) this.#problems.push(`act ${mark} is lost (${kept?.state ?? "never arrived"})`);
      const at = written.get(mark)?.at.getTime();
      // A skew may change between recording and sending; what counts is that no act moves into the future of its arrival.
      if (at !== undefined && at > this.#now.getTime()) this.#problems.push(`act ${mark} stands in the future`);
      if (at !== undefined && this.#plant === undefined && Math.abs(at - recordedAt) > 60 * 86_400_000)
        this.#problems.push(`act ${mark} stands ${Math.round((at - recordedAt) / 86_400_000)} days off`);
    }
    const marks = new Set(this.#acts.map((one) => one.mark));
    for (const mark of written.keys()) if (!marks.has(mark)) this.#problems.push(`act ${mark} was never recorded`);
    const duties = await this.#house.sql(
      "select 1 from duty where kind = 'sync.settle-held' and state = 'open' and home_code = any($1)",
      [this.#place.homes],
    );
    if (duties.length > 0) this.#problems.push(`${duties.length} duties remain for acts that are settled`);
    this.#problems.push(...(await this.#land.figures()).map((one) => `figure ${one}`));
    return held.length;
  }

  async play(seed: number): Promise<RunReport> {
    let held = 0;
    try {
      await this.#land.prepare();
      for (let n = 0; n < 3; n++) {
        const worker: Worker = {
          account: this.#dice.id(),
          villages: this.#someVillages(),
          disabled: false,
          phones: [],
        };
        this.#workers.push(worker);
        await this.#newPhone(worker);
        await worker.phones[0]?.phone.pullAll(this.#as(worker), 5);
      }
      for (let n = 0; n < STEPS; n++) await this.#step();
      await this.#rest();
      held = await this.#audit();
    } catch (error) {
      this.#problems.push(`the run broke: ${(error as Error).stack}`);
    }
    return { seed, problems: this.#problems, log: this.#log, acts: this.#acts.length, held };
  }
}

/** Plays one run on a place and clears it afterwards, so that the next one begins with nothing. */
export async function playRun(
  house: TestHouse,
  place: Place,
  seed: number,
  makeLand: MakeLand,
  plant?: Plant,
): Promise<RunReport> {
  const report = await new Run(house, place, seed, makeLand, plant).play(seed);
  await clear(house, place);
  return report;
}

const cleared = new WeakMap<TestHouse, string[]>();

async function clear(house: TestHouse, place: Place): Promise<void> {
  let tables = cleared.get(house);
  if (!tables) {
    const rows = await house.sql<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'home_code' order by 1`,
    );
    tables = rows.map((row) => row.name);
    cleared.set(house, tables);
  }
  const homes = place.homes.map((one) => `'${one}'`).join(", ");
  await house.sql(tables.map((name) => `delete from ${name} where home_code in (${homes})`).join("; "));
}

/** Plays many runs, several places at once; tells each report as it comes. */
export async function playRuns(
  house: TestHouse,
  places: readonly Place[],
  runs: number,
  seed: number,
  makeLand: MakeLand,
  tell: (report: RunReport) => void,
  plant?: Plant,
): Promise<void> {
  let next = 0;
  await Promise.all(
    places.map(async (place) => {
      for (let mine = next++; mine < runs; mine = next++)
        tell(await playRun(house, place, seed + mine, makeLand, plant));
    }),
  );
}
