import { publicActor } from "../../kernel/auth/sessions.ts";
import type { Scope } from "../../kernel/database/transaction.ts";
import { type Door, type Role, staffRoles } from "../../kernel/operation/define.ts";
import type { TestActor } from "../../kernel/testing/house.ts";
import { places, type Scene } from "./scene.ts";
import type { Mark } from "./witness.ts";

/** How somebody stands to the register everything belongs to. */
export const relations = ["own", "parent", "sibling", "child", "other"] as const;
export type Relation = (typeof relations)[number];

/** Somebody with a role, at a place or for a body. */
export interface Position {
  readonly role: Role;
  readonly relation: Relation;
  /** For people: "registrar at the sibling county". */
  readonly label: string;
  readonly who: TestActor;
  /** Marks this somebody may see by the house plan. */
  readonly maySee: (mark: Mark) => boolean;
}

const isStaff = (role: Role): boolean => (staffRoles as readonly Role[]).includes(role);

function staffAt(scene: Scene, role: (typeof staffRoles)[number], relation: Relation, division: string): Position {
  return {
    role,
    relation,
    label: `${role} at ${division} (${relation})`,
    who: scene.house.as(role, division, "asking"),
    maySee: (mark) => mark.division.startsWith(division),
  };
}

/** Everybody who could ask, by role (人员与身份): each staff role at five places, three organisations, two units. */
export function positionsOf(scene: Scene): Position[] {
  const { house } = scene;
  const staff = staffRoles.flatMap((role) => [
    staffAt(scene, role, "own", places.own),
    staffAt(scene, role, "parent", places.parent),
    staffAt(scene, role, "parent", places.above),
    staffAt(scene, role, "sibling", places.sibling),
    staffAt(scene, role, "child", places.child),
  ]);
  const worker = (village: string, relation: Relation): Position => ({
    role: "worker",
    relation,
    label: `worker at ${village} (${relation})`,
    who: house.worker([village], "asking"),
    maySee: (mark) => mark.division === village,
  });
  const organisation = (id: string, home: string, relation: Relation): Position => ({
    role: "organisation",
    relation,
    label: `organisation ${relation === "own" ? "itself" : `of ${home}`} (${relation})`,
    who: house.organisation(id, home),
    // It knows the unit that looks after it.
    maySee: (mark) => mark.organisation === id || mark.id === id || (relation === "own" && mark.id === scene.unit),
  });
  const unit = (id: string, relation: Relation): Position => ({
    role: "supervisory-unit",
    relation,
    label: `supervisory unit (${relation})`,
    who: house.unit(id),
    // What concerns an organisation it looks after, it may know; a row need not repeat the unit.
    maySee: (mark) =>
      mark.unit === id || mark.id === id || (relation === "own" && mark.organisation === scene.organisation),
  });
  return [
    ...staff,
    worker(places.village, "child"),
    worker(places.nextVillage, "child"),
    worker(places.farVillage, "sibling"),
    organisation(scene.organisation, places.own, "own"),
    organisation(scene.otherOrganisation, places.own, "other"),
    organisation(scene.farOrganisation, places.sibling, "other"),
    unit(scene.unit, "own"),
    unit(scene.otherUnit, "other"),
  ];
}

/** Whoever comes without an account, through the door an operation opens; behind `app` they find none. */
export function publicAt(scene: Scene, door: Door): Position {
  const { open } = scene.house;
  const scopes: Readonly<Record<Door, Scope>> = {
    app: { kind: "intake" },
    portal: { kind: "portal" },
    intake: { kind: "intake" },
    device: { kind: "intake" },
    verify: { kind: "intake" },
    auth: { kind: "auth" },
    internal: { kind: "intake" },
  };
  const actor = publicActor(scopes[door], open.house.root);
  const who: TestActor = {
    actor,
    call: (operation, input, extra) => open.call(operation.id, input, actor, extra) as never,
  };
  return { role: "public", relation: "other", label: `the public (${door})`, who, maySee: () => false };
}

export function sees(position: Position): boolean {
  return position.relation === "own" || (position.relation === "parent" && isStaff(position.role));
}
