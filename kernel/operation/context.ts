import type { TableAccess } from "../access/tables.ts";
import type { Calendar } from "../clock/calendar.ts";
import type { Scope, Tx } from "../database/transaction.ts";
import type { Template } from "../document/template.ts";
import type { FileStore } from "../files/store.ts";
import type { Recount } from "../indicator/recount.ts";
import type { RuleIndex } from "../rule/registry.ts";
import type { Setting } from "../settings/declare.ts";
import type { SheetImport } from "../sheet/import.ts";
import type { SyncFeed } from "../sync/feed.ts";
import type { Keys } from "../vault/keys.ts";
import type { Facts, Operation, Role } from "./define.ts";

/** Who is acting, under exactly one grant (操作人). The public and the system have no account. */
export interface Actor {
  readonly accountId: string | null;
  readonly displayName: string;
  readonly role: Role | "system";
  readonly grantId: string | null;
  readonly scope: Scope;
  /** Division of a staff grant, significant digits. */
  readonly division: string | null;
  /** Six digits: the register this actor writes to. */
  readonly home: string;
  readonly organisation: string | null;
  readonly unit: string | null;
}

/** What a journal entry is about. */
export interface Subject {
  readonly kind: string;
  readonly id: string | null;
  readonly home: string;
  readonly division: string;
}

/** Services that hold no database handle (房屋): made once at start, the same for every request. */
export interface House {
  readonly keys: Keys;
  readonly files: FileStore;
  readonly calendar: () => Calendar;
  readonly settings: SettingsReader;
  /** Root division of this installation, significant digits; "0" = the nation. */
  readonly root: string;
  /** Public address, for QR codes: "http://host:port". */
  readonly baseUrl: string;
  /** Printed at the first start of an empty installation; whoever reads the log may make the first administrator. */
  readonly setupCode: string;
  /** True for the invented demonstration county: documents are marked as specimens. */
  readonly demo: boolean;
  readonly log: (line: string, facts?: Facts) => void;
  /** The sentence of a code in a reader's language, from the words of all rooms; the code itself when nobody knows it. */
  readonly say: (code: string, facts: Facts, locale: "zh" | "en") => string;
  /** Kinds of duties that are not shown to a role. */
  readonly hiddenDuties: (role: string) => readonly string[];
  /** All rules of the house, for the sandbox and for replaying decisions. */
  readonly rules: RuleIndex;
  /** Every version of every document template, by template id. */
  readonly templates: ReadonlyMap<string, readonly Template<never>[]>;
  /** The journal as a stream of verifiable lines; read after the handler has ended, in transactions of its own. */
  readonly exportJournal: () => NodeJS.ReadableStream;
  /** How indicators are counted anew from their rows. */
  readonly recounts: readonly Recount[];
  /** Every table and who may touch it, for acts on all that carry a division. */
  readonly tables: readonly TableAccess[];
  /** Set-based twins of commands marked `sheet`, by operation id. */
  readonly sheets: ReadonlyMap<string, SheetImport>;
  /** Fields of an operation's input that are not for everybody who may read about it; null for an unknown operation. */
  readonly privateFields: (operation: string) => readonly string[] | null;
  /** What the phones of workers hold, the most needed first. */
  readonly feeds: readonly SyncFeed[];
}

export interface SettingsReader {
  /** The value in force on a date for a division; throws for an undeclared id. */
  on(id: string, date: string, division: string): number | string | boolean;
  readonly declared: readonly Setting[];
}

/** What is written after the handler has agreed, by the kernel as the system role, in the same transaction. */
export type Effect = (tx: Tx) => Promise<void>;

/** What a handler gets (操作上下文), and nothing else: no global database handle exists. */
export interface Context<Code extends string = never> {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly now: Date;
  /** Calendar date of `now` in Asia/Shanghai. */
  readonly today: string;
  /** When the act happened: `now`, or what the phone's clock said when it was recorded without network (发生时间). */
  readonly happenedAt: Date;
  /** The phone it was recorded on, when it came through the outbox. */
  readonly device: string | null;
  /** Minutes the phone's clock was ahead when it could not be taken at its word: `happenedAt` is a corrected guess; else null. */
  readonly clockDrift: number | null;
  readonly requestId: string;
  readonly operation: string;
  readonly house: House;
  readonly newId: () => string;
  /** Refuses with a declared code and the facts of the case. */
  readonly fail: (code: Code, facts?: Facts) => never;
  /** Writes history: an event in the past tense, about a subject, with facts that hold no personal data. */
  readonly journal: (event: string, subject: Subject, facts?: Facts) => void;
  /** Queues an effect of kernel services (duties, steps, counters, publication). Effects run in order. */
  readonly later: (effect: Effect) => void;
}

/** An act recorded on a phone without network, on its way to the command it names (离线操作). */
export interface CarriedAct {
  readonly operation: string;
  readonly input: unknown;
  /** Under it a replay gets the first answer; absent where something else makes sure that the act happens once. */
  readonly key?: string;
  readonly happenedAt: Date;
  readonly device: string;
  readonly clockDrift: number | null;
  /** What the journal entry of the command also says about the act. */
  readonly facts?: Facts;
  /** Written in the command's own transaction, after its own effects. */
  readonly effects?: readonly Effect[];
}

/**
 * What the handler of a relay gets (中继): no transaction and no database. Everything it does is a command or query of its
 * own, one after another, with that operation's permission, journal entry and refusals, under the actor's own rights only.
 */
export interface Relay<Code extends string = never>
  extends Pick<Context<Code>, "actor" | "now" | "requestId" | "house" | "newId" | "fail"> {
  /** The commands a phone may record without network, by id. */
  readonly offline: (id: string) => Operation | undefined;
  /** One of the relay's own steps: an operation of its module behind the door `internal`. */
  readonly step: <In, Sent, Out, Step extends string>(
    operation: Operation<In, Sent, Out, Step>,
    input: Sent,
    key?: string,
  ) => Promise<Out>;
  /** Runs a command marked `offline`; every other operation is out of reach. */
  readonly carry: (act: CarriedAct) => Promise<unknown>;
}

/** A file on its way in (multipart door). */
export interface Upload {
  readonly fileName: string;
  readonly declaredType: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** A file on its way out. */
export interface Download {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: Buffer | NodeJS.ReadableStream;
}
