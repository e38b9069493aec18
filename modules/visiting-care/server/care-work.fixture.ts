import { newId } from "../../../kernel/operation/ids.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { recordCensus, setContacts } from "../../people/index.ts";

export const villages = ["630102100001", "630102100002"] as const;

/** A person of a village with a first and a second contact and a supporter, recorded as a census would (试验用). */
export async function somebody(house: TestHouse, name: string, division: string = villages[0]) {
  const officer = house.as("officer", "630102");
  const { id } = await officer.call(recordCensus, {
    name,
    bornOn: "1941-03-02",
    division,
    address: "样本巷1号",
    living: "alone",
    categories: ["living_alone"],
    phone: "13800001111",
    confirmed: true,
  });
  await officer.call(setContacts, {
    id,
    contacts: [
      { kind: "emergency", name: "样大海", relation: "邻居", phone: "13800002222" },
      { kind: "supporter", name: "样小海", relation: "儿子", phone: "13800003333" },
    ],
  });
  const rows = await house.sql<{ id: string; kind: string }>(
    "select id, kind from person_contact where person_id = $1 and ended_on is null",
    [id],
  );
  const contact = (kind: string) => rows.find((row) => row.kind === kind)?.id ?? "";
  return { id, emergency: contact("emergency"), supporter: contact("supporter") };
}

/** Puts somebody in care by hand: what is tested here does not begin with an enrolment. */
export async function inCare(
  house: TestHouse,
  person: string,
  division: string,
  worker: string | null,
  standIn: string | null = null,
): Promise<string> {
  const id = newId();
  await house.sql(
    `insert into care_enrolment (home_code, id, division_code, person_id, name, name_key, living, state, risk, modes, per, min_visits, worker_id, worker_name,
       stand_in_id, proposed_on, agreed_on, enrolled_on, first_enrolled_on, version, created_at, updated_at)
     select home_code, $1, $2, id, name, name_key, living, 'enrolled', 'general', '{home}', 'month', 1, $4, '样工作', $5, '2026-05-01', '2026-05-02',
       '2026-05-02', '2026-05-02', 1, '2026-05-02T00:00:00Z', '2026-05-02T00:00:00Z' from person where id = $3`,
    [id, division, person, worker, standIn],
  );
  return id;
}

/** A visit that counts, by hand. */
export async function visited(
  house: TestHouse,
  person: string,
  enrolment: string,
  division: string,
  at: string,
): Promise<string> {
  const id = newId();
  await house.sql(
    `insert into care_visit (home_code, id, division_code, recorded_division_code, enrolment_id, person_id, at, recorded_at, month, mode, met, counts,
       worker_name, offline, rule_version) values ($1, $2, $3, $3, $4, $5, $6, $6, $7, 'home', 'person', true, '样工作', false, '2022-10-20')`,
    [division.slice(0, 6), id, division, enrolment, person, at, at.slice(0, 7)],
  );
  return id;
}
