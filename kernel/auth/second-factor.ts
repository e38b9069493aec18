import type { Actor, House } from "../operation/context.ts";
import { defineSetting } from "../settings/declare.ts";

/** Dated settings of signing in (登录参数): a choice of this project, no number of law. */
export const settings = [
  defineSetting({
    id: "auth.administrator-two-factor",
    title: "administratorTwoFactor",
    unit: "yes-no",
    basis: "rule",
    versions: [{ from: "2020-01-01", value: true }],
  }),
] as const;

/** What somebody may do who must enrol first; signing out and a new password are nobody's to forbid. */
const OPEN = new Set(["auth.me", "auth.sign-out", "auth.change-password", "auth.enrol-totp", "auth.confirm-totp"]);

/** Whether an administrator has to switch on one-time codes before anything else (管理员须启用动态口令); never in a demonstration. */
export function mustEnrol(
  house: Pick<House, "demo" | "settings" | "root">,
  who: Pick<Actor, "role" | "division">,
  enrolled: boolean,
  today: string,
): boolean {
  if (house.demo || enrolled || who.role !== "administrator") return false;
  return house.settings.on("auth.administrator-two-factor", today, who.division ?? house.root) === true;
}

/** Whether an operation waits until the second factor is enrolled. */
export const waitsForSecondFactor = (operationId: string): boolean => !OPEN.has(operationId);
