import type { z } from "zod";
import type * as equipment from "../../../modules/equipment/index.ts";
import type * as people from "../../../modules/people/index.ts";
import type * as care from "../../../modules/visiting-care/index.ts";

/** Version of what this application records (契约版本): raised when the meaning of a field changes, sent with every act. */
export const CONTRACT = "field-2026.11";

/** The commands a phone records without network (离线操作), with what each is given. */
export interface Acts {
  readonly "visiting-care.record-visit": z.input<typeof care.recordVisit.input>;
  readonly "visiting-care.propose": z.input<typeof care.propose.input>;
  readonly "visiting-care.refuse": z.input<typeof care.refuse.input>;
  readonly "visiting-care.open-emergency": z.input<typeof care.openEmergency.input>;
  readonly "visiting-care.record-step": z.input<typeof care.recordStep.input>;
  readonly "visiting-care.file-emergency": z.input<typeof care.fileEmergency.input>;
  readonly "people.record-census": z.input<typeof people.recordCensus.input>;
  readonly "people.record-death": z.input<typeof people.recordDeath.input>;
  readonly "equipment.sign-delivery": z.input<typeof equipment.signDelivery.input>;
}

export type ActName = keyof Acts;

/** An act as it was recorded (一次操作): complete and signed, so that sending it later adds nothing. */
export interface Act<Name extends ActName = ActName> {
  readonly key: string;
  readonly operation: Name;
  readonly input: Acts[Name];
  readonly happenedAt: string;
  readonly contract: string;
  readonly signature: string;
  /** Whom it is about (of a delivery: the shipment), and what to call them on this phone; never sent. */
  readonly about: { readonly personId: string; readonly name: string };
}

/** Where an act stands: `broken` could not be read or was refused as malformed, and is kept aside. */
export type ActState = "waiting" | "accepted" | "held" | "rejected" | "broken";

/** What the server answered about an act. */
export interface Settled {
  readonly state: Exclude<ActState, "waiting">;
  readonly code: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly output: unknown;
  readonly at: string;
}

/** An act on this phone: `act` is null when its row cannot be opened any more. */
export interface KeptAct {
  readonly key: string;
  readonly seq: number;
  readonly state: ActState;
  readonly act: Act | null;
  readonly settled: Settled | null;
  readonly files: readonly string[];
}

/** Whether an act is of one kind, so that its input is known. */
export function isAct<Name extends ActName>(act: Act, name: Name): act is Act<Name> {
  return act.operation === name;
}
