import type { z } from "zod";
import type * as auth from "../../../kernel/auth/auth.contract.ts";
import { call } from "../client.ts";
import { ApiProblem, isSignedOut, NoAnswer } from "../problem.ts";
import type { Act, ActName, Acts, KeptAct } from "./acts.ts";
import { dayOf, waitBeforeRetry } from "./clock.rules.ts";
import { carriers, changePassword, signIn, switchGrant } from "./doors.ts";
import { emergenciesOf, type ShownEmergency } from "./emergency.rules.ts";
import { unsent } from "./outbox.rules.ts";
import { type Mark, marksOf } from "./overlay.rules.ts";
import { httpServer } from "./server.ts";
import type { Owner, Phase } from "./store/phone.ts";
import { Phone } from "./store/phone.ts";
import { type Server, syncOnce } from "./sync.ts";

/** What contact with the server is doing (联系状态); every value has a sentence. */
export type Contact =
  | { readonly kind: "quiet" }
  | { readonly kind: "busy"; readonly what: "files" | "push" | "pull"; readonly left: number }
  | { readonly kind: "offline" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "waiting"; readonly until: number }
  | { readonly kind: "signed-out" }
  | { readonly kind: "refused"; readonly code: string };

export type Stage = "starting" | "unsupported" | "elsewhere" | Phase;

/** Everything a screen reads; replaced as a whole when something changes. */
export interface View {
  readonly version: number;
  readonly stage: Stage;
  readonly contact: Contact;
  readonly today: string;
  readonly acts: readonly KeptAct[];
  readonly unsent: number;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly emergencies: readonly ShownEmergency[];
  /** The server ordered a wipe during this use: said once on the next screen. */
  readonly wiped: boolean;
}

/** Who has signed in at the server, before the phone is theirs. */
export interface Newcomer {
  readonly owner: Owner;
  readonly password: string;
  readonly mustChangePassword: boolean;
}

type Me = z.output<typeof auth.whoAmI.output>;

const IDLE_MS = 5 * 60_000;
const QUIET_MS = 5 * 60_000;
const LOCK_NAME = "shanzhi-field";

/** The running application (手机端应用): one phone, one contact at a time, one view. */
export class FieldApp {
  readonly #server: Server;
  readonly #listeners = new Set<() => void>();
  #phone: Phone | null = null;
  #stage: Stage = "starting";
  #contact: Contact = { kind: "quiet" };
  #wiped = false;
  #view: View;
  #busy: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = Date.now();

  constructor(server: Server = httpServer) {
    this.#server = server;
    this.#view = this.#look(0);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly view = (): View => this.#view;

  get stageIsOpen(): boolean {
    return this.#stage === "open";
  }

  get phone(): Phone {
    if (!this.#phone) throw new Error("the phone's keeping is not open");
    return this.#phone;
  }

  get owner(): Owner | null {
    return this.#phone?.owner ?? null;
  }

  /** Opens the keeping; only one window may hold it, so that two do not write over each other. */
  async start(steal = false): Promise<void> {
    if (!globalThis.isSecureContext || !globalThis.crypto?.subtle || !globalThis.indexedDB)
      return this.#turn("unsupported");
    if (!(await this.#holdAlone(steal))) return this.#turn("elsewhere");
    try {
      this.#phone = await Phone.start(Date.now());
    } catch {
      return this.#turn("unsupported");
    }
    this.#turn(this.#phone.phase);
    void navigator.storage?.persist?.();
    addEventListener("online", () => void this.contact());
    addEventListener("offline", () => this.#says({ kind: "offline" }));
    for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => this.touch(), { passive: true });
    document.addEventListener("visibilitychange", () => this.#looksAgain());
    setInterval(() => void this.#tick(), 15_000);
  }

  #holdAlone(steal: boolean): Promise<boolean> {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      const hold = (lock: Lock | null) => {
        if (!lock) return resolve(false);
        resolve(true);
        // Held until this window is gone, however it goes.
        return new Promise<never>(() => {});
      };
      const held = navigator.locks.request(LOCK_NAME, steal ? { steal: true } : { ifAvailable: true }, hold);
      // Taken over by another window: this one stops at once, with nothing left in its hands.
      void Promise.resolve(held).catch(() => {
        this.#phone?.lock();
        clearTimeout(this.#timer);
        this.#turn("elsewhere");
      });
    });
  }

  touch(): void {
    this.#touched = Date.now();
  }

  #looksAgain(): void {
    if (document.visibilityState !== "visible") return;
    void this.#tick();
    if (this.#stage === "open") void this.contact();
  }

  /** What time alone brings: the lock after idle, lists that are too old, a new day. */
  async #tick(): Promise<void> {
    if (!this.#phone || this.#stage === "elsewhere") return;
    if (this.#stage === "open" && Date.now() - this.#touched > IDLE_MS && !this.#busy) this.lock();
    if (await this.#phone.forgetWhenDue(Date.now())) this.#changed();
    if (this.#view.today !== dayOf(Date.now())) this.#changed();
  }

  /** Signs in at the server and chooses a grant that carries a phone. Errors: ApiProblem, NoAnswer. */
  async signIn(account: string, password: string, totp: string): Promise<Newcomer> {
    const me = await call(signIn, { account, password, ...(totp ? { totp } : {}) });
    if (me.mustChangePassword)
      return {
        owner: { login: me.account, displayName: me.displayName, grantId: "" },
        password,
        mustChangePassword: true,
      };
    return { owner: await this.#actAsCarrier(me), password, mustChangePassword: false };
  }

  async changePassword(newcomer: Newcomer, next: string): Promise<Newcomer> {
    await call(changePassword, { current: newcomer.password, next });
    const me = await call(signIn, { account: newcomer.owner.login, password: next });
    return { owner: await this.#actAsCarrier(me), password: next, mustChangePassword: false };
  }

  async #actAsCarrier(me: Me): Promise<Owner> {
    const grants = me.grants.filter((one) => carriers.includes(one.role));
    const grant =
      grants.find((one) => one.id === me.current) ?? grants.find((one) => one.role === "worker") ?? grants[0];
    if (!grant) throw new ApiProblem({ status: 403, code: "field/no-carrier" });
    if (grant.id !== me.current) await call(switchGrant, { grantId: grant.id });
    return { login: me.account, displayName: me.displayName, grantId: grant.id };
  }

  /** The owner signs in again while the phone is open: the session has ended, nothing else. */
  async signInAgain(password: string, totp: string): Promise<void> {
    const owner = this.phone.owner;
    if (!owner) return;
    await this.signIn(owner.login, password, totp);
    await this.phone.renewRescue(password);
    // A changed password has ended what was bound before it.
    await this.phone.keepSync({ bound: false });
    this.#failures = 0;
    await this.contact();
  }

  /** Makes the phone the newcomer's; false when sealed acts do not open with the password given. */
  async setUp(newcomer: Newcomer, pin: string, oldPassword: string): Promise<boolean> {
    const done = await this.phone.setUp(newcomer.owner, newcomer.password, pin, oldPassword);
    if (!done) return false;
    this.#wiped = false;
    this.touch();
    this.#turn("open");
    void this.contact();
    return true;
  }

  async unlock(pin: string): Promise<"open" | "wrong" | "destroyed"> {
    const result = await this.phone.unlock(pin);
    this.touch();
    this.#turn(this.phone.phase);
    if (result === "open") void this.contact();
    return result;
  }

  lock(): void {
    this.phone.lock();
    clearTimeout(this.#timer);
    this.#turn(this.phone.phase);
  }

  /** The owner gave up the PIN: lists go, unsent acts stay for the next sign-in. */
  async destroyLists(): Promise<void> {
    await this.phone.destroyLists();
    this.#turn(this.phone.phase);
  }

  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    await this.phone.forgetAll();
    this.#turn("new");
  }

  /** Records an act and sends it as soon as there is a way. */
  async record<Name extends ActName>(given: {
    readonly operation: Name;
    readonly input: Acts[Name];
    readonly about: Act["about"];
    readonly files?: readonly string[];
    readonly draft?: string;
  }): Promise<KeptAct> {
    const { outbox } = this.#open();
    const kept = await outbox.add({
      operation: given.operation,
      input: given.input,
      about: given.about,
      files: given.files,
      beside: given.draft === undefined ? [] : [{ table: "drafts", key: given.draft, value: undefined }],
      now: Date.now(),
    });
    this.#changed();
    void this.contact();
    return kept;
  }

  async dismiss(key: string): Promise<void> {
    await this.#open().outbox.dismiss(key);
    this.#changed();
  }

  #open() {
    const { opened } = this.phone;
    if (!opened) throw new Error("the phone is locked");
    return opened;
  }

  /** One round of contact; a second call while one runs adds one more after it. */
  contact(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return this.#busy;
    }
    if (this.#stage !== "open") return Promise.resolve();
    clearTimeout(this.#timer);
    if (!navigator.onLine) {
      this.#says({ kind: "offline" });
      this.#later(QUIET_MS);
      return Promise.resolve();
    }
    this.#busy = this.#round().finally(() => {
      this.#busy = null;
      if (this.#again) {
        this.#again = false;
        void this.contact();
      }
    });
    return this.#busy;
  }

  async #round(): Promise<void> {
    try {
      const end = await syncOnce({
        phone: this.phone,
        server: this.#server,
        now: Date.now,
        name: this.phone.owner?.displayName ?? "",
        agent: navigator.userAgent,
        tell: (step) => this.#says({ kind: "busy", ...step }),
      });
      this.#failures = 0;
      if (end.kind === "wiped") {
        this.#wiped = true;
        return this.#turn(this.phone.phase);
      }
      if (end.kind === "wait") {
        const wait = waitBeforeRetry(1, Math.random(), end.seconds);
        this.#says({ kind: "waiting", until: Date.now() + wait });
        return this.#later(wait);
      }
      this.#says({ kind: "quiet" });
      this.#later(waitBeforeRetry(0, Math.random(), QUIET_MS / 1_000));
    } catch (error) {
      this.#again = false;
      this.#failures += 1;
      const asked = error instanceof ApiProblem ? error.facts.retryAfterSeconds : undefined;
      const wait = waitBeforeRetry(this.#failures, Math.random(), typeof asked === "number" ? asked : null);
      this.#says(said(error, Date.now() + wait));
      this.#later(wait);
    }
  }

  #later(millis: number): void {
    clearTimeout(this.#timer);
    if (this.#stage === "open") this.#timer = setTimeout(() => void this.contact(), millis);
  }

  #says(contact: Contact): void {
    this.#contact = contact;
    this.#changed();
  }

  #turn(stage: Stage): void {
    this.#stage = stage;
    if (stage !== "open") this.#contact = { kind: "quiet" };
    this.#changed();
  }

  #changed(): void {
    this.#view = this.#look(this.#view.version + 1);
    for (const listener of this.#listeners) listener();
  }

  #look(version: number): View {
    const opened = this.#phone?.opened;
    const today = dayOf(Date.now());
    const acts = opened ? [...opened.outbox.acts.values()].sort((a, b) => b.seq - a.seq) : [];
    return {
      version,
      stage: this.#stage,
      contact: this.#contact,
      today,
      acts,
      unsent: unsent(acts).length,
      marks: marksOf(acts, this.#phone?.sync.pulledAt ?? null, today),
      emergencies: emergenciesOf(acts),
      wiped: this.#wiped,
    };
  }
}

function said(error: unknown, until: number): Contact {
  if (isSignedOut(error)) return { kind: "signed-out" };
  if (error instanceof NoAnswer) return error.offline ? { kind: "offline" } : { kind: "unreachable" };
  if (error instanceof ApiProblem) {
    if (error.status === 429) return { kind: "waiting", until };
    return error.status >= 500 ? { kind: "unreachable" } : { kind: "refused", code: error.code };
  }
  throw error;
}
