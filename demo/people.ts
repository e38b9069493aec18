import { addDays } from "../kernel/clock/date.ts";
import { listDivisions } from "../kernel/divisions/divisions.contract.ts";
import {
  type Category,
  merge,
  move,
  recordCensus,
  recordConsent,
  recordDeath,
  setCategory,
  setContacts,
} from "../modules/people/index.ts";
import { inventedCitizenId, inventedPhone } from "./codes.ts";
import { Dice } from "./dice.ts";
import { county } from "./names.ts";
import type { Stage } from "./stage.ts";

const surnames = [..."李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "欧阳", "夏侯", "司马", "上官"];
const given = [..."秀兰玉英桂芳淑珍凤莲建国文明德福永昌存寿贵生才全", "𬭎", "㛃", "䶮"];
const relations = ["儿子", "女儿", "侄子", "孙女", "弟弟"] as const;
const townships = ["630102100", "630102001"] as const;
const wanted: readonly (readonly Category[])[] = [
  ["living_alone"],
  ["empty_nest"],
  ["left_behind"],
  ["disabled_self_care"],
  ["severely_disabled", "disabled"],
  ["family_planning_special"],
  ["dibao", "living_alone"],
  ["extreme_poverty"],
  ["low_income_edge", "empty_nest"],
  ["oldest_old"],
  ["other"],
  [],
];
const COUNT = 300;

/** Three hundred invented people of two townships (人员库演示): all classes, households, contacts, doubles, moves, deaths. */
export function planPeople(stage: Stage): void {
  const dice = new Dice("people");
  const officer = () => stage.staff("officer", county);
  const ids: string[] = [];
  const villages: string[] = [];
  const nameOf = () => `${dice.pick(surnames)}${dice.pick(given)}${dice.chance(0.6) ? dice.pick(given) : ""}`;

  const lineOf = (at: number) => {
    // Children are few and late in the list; the rest are sixty to a hundred.
    const child = at >= COUNT - 12;
    const bornOn = addDays(child ? "2013-01-15" : "1926-03-01", dice.between(0, child ? 2_400 : 14_600));
    const name = nameOf();
    const village = villages[at % villages.length] as string;
    return {
      name,
      division: village,
      address: `${dice.between(1, 9)} 社 ${dice.between(1, 120)} 号`,
      // Two neighbours in the list of one village share a household now and then.
      householdNumber: String(Math.floor(at / (villages.length * 2)) + 1),
      ...(at % 29 === 5 ? { bornOn: bornOn.slice(0, 7) } : { idNumber: inventedCitizenId(bornOn, at) }),
      ...(at % 7 === 0 ? {} : { phone: inventedPhone(2_000 + at) }),
      categories: child
        ? [at % 2 === 0 ? ("orphan" as const) : ("left_behind_child" as const)]
        : [...(wanted[at % wanted.length] ?? [])],
      contactName: `${name.slice(0, 1)}${dice.pick(given)}`,
      contactRelation: dice.pick(relations),
      contactPhone: inventedPhone(3_000 + at),
      ...(at % 3 === 0
        ? { secondContactName: nameOf(), secondContactRelation: "邻居", secondContactPhone: inventedPhone(4_000 + at) }
        : {}),
    };
  };

  stage.on(stage.ago(200), async () => {
    for (const parent of townships) {
      const found = await stage.call(officer(), listDivisions, { parent });
      villages.push(...found.divisions.filter((one) => one.code.length === 12).map((one) => one.code));
    }
    for (let from = 0; from < COUNT; from += 100) {
      // Answered from the kept answer when the play begins again: only what comes back counts.
      const made = await stage.batch(officer(), recordCensus, `people ${from}`, async (ctx) => {
        const recorded: string[] = [];
        for (let at = from; at < from + 100; at += 1)
          recorded.push((await stage.within(ctx, recordCensus, { ...lineOf(at), foundOn: stage.ago(200) })).id);
        return { recorded };
      });
      ids.push(...made.recorded);
    }
  });
  const id = (at: number) => ids[at] as string;

  stage.on(stage.ago(150), async () => {
    // The same woman, once by her number and once by what the neighbours said; another pair is still open.
    const pairs = [0, 1].map((at) => ({
      name: ["程秀兰", "程玉珍"][at] as string,
      division: villages[at] as string,
      idNumber: inventedCitizenId(["1941-04-12", "1938-10-02"][at] as string, 700 + at),
    }));
    for (const [at, one] of pairs.entries()) {
      const first = await stage.call(officer(), recordCensus, one);
      const second = await stage.call(officer(), recordCensus, {
        name: one.name,
        bornOn: ["1941-04-12", "1938-10-02"][at] as string,
        division: villages[at + 2] as string,
      });
      if (at === 0)
        await stage.call(officer(), merge, { keep: first.id, merge: second.id, reason: "入户核对，系同一人重复登记" });
    }
  });
  stage.on(stage.ago(120), async () => {
    for (const at of [3, 15, 27])
      await stage.call(officer(), recordConsent, {
        id: id(at),
        purpose: "探访关爱",
        givenBy: "本人",
        givenOn: stage.day,
      });
    await stage.call(officer(), setCategory, {
      id: id(6),
      category: "dibao",
      from: stage.ago(190),
      source: "最低生活保障审核确认",
      grade: "B",
    });
    await stage.call(officer(), setContacts, {
      id: id(12),
      contacts: [
        { kind: "emergency", name: "何建国", relation: "儿子", phone: inventedPhone(5_001) },
        { kind: "supporter", name: "何玉芳", relation: "女儿", place: "外省务工", phone: inventedPhone(5_002) },
        { kind: "guardian", name: "何建国", relation: "儿子" },
      ],
    });
  });
  stage.on(stage.ago(60), async () => {
    for (const at of [40, 90, 140])
      await stage.call(officer(), recordDeath, { id: id(at), on: stage.ago(62), source: "村委会报告" });
    await stage.call(officer(), move, {
      id: id(50),
      to: villages[5] as string,
      on: stage.ago(61),
      reason: "随子女居住",
    });
  });
  stage.on(stage.ago(5), async () => {
    // One has not been confirmed yet: the neighbouring county sees the duty.
    await stage.call(officer(), move, { id: id(51), to: "630103", on: stage.ago(6), reason: "投亲" });
  });
}
