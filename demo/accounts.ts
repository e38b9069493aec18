import { grantRole } from "../kernel/auth/auth.contract.ts";
import { writeAccount } from "../kernel/auth/auth.handlers.ts";
import { sql } from "../kernel/database/sql.ts";
import type { Context } from "../kernel/operation/context.ts";
import type { Role, StaffRole } from "../kernel/operation/define.ts";
import { county } from "./names.ts";
import type { Stage } from "./stage.ts";

/** What every account of the demonstration opens with: printed at start, of no use anywhere else. */
const password = "Shanzhi-yunshan-2026";

interface DemoGrant {
  readonly role: Role;
  readonly division?: string;
}

interface DemoAccount {
  readonly login: string;
  readonly displayName: string;
  readonly what: string;
  readonly grants: readonly DemoGrant[];
}

/** Accounts of the demonstration province (演示账号): one for each role and level, and one that holds several. */
const cast: readonly DemoAccount[] = [
  {
    login: "admin",
    displayName: "演示管理员",
    what: "省级系统管理员 · administrator of the province",
    grants: [{ role: "administrator", division: "63" }],
  },
  {
    login: "sheng-registrar",
    displayName: "省厅经办",
    what: "省级登记经办 · registrar, province",
    grants: [{ role: "registrar", division: "63" }],
  },
  {
    login: "sheng-decider",
    displayName: "省厅审批",
    what: "省级审批 · decider, province",
    grants: [{ role: "decider", division: "63" }],
  },
  {
    login: "xian-registrar",
    displayName: "城东经办",
    what: "县级登记经办（城东区 630102）· registrar, county",
    grants: [{ role: "registrar", division: county }],
  },
  {
    login: "xian-decider",
    displayName: "城东审批",
    what: "县级审批（城东区 630102）· decider, county",
    grants: [{ role: "decider", division: county }],
  },
  {
    login: "xiang",
    displayName: "乐家湾镇经办",
    what: "乡镇备案经办（乐家湾镇）· registrar, township",
    grants: [{ role: "registrar", division: "630102100" }],
  },
  {
    login: "qu-minzheng",
    displayName: "城东区民政经办",
    what: "县级民政经办（城东区 630102）· officer, county",
    grants: [{ role: "officer", division: county }],
  },
  {
    login: "minzheng",
    displayName: "乐家湾镇民政经办",
    what: "乡镇民政经办（乐家湾镇）· officer, township",
    grants: [{ role: "officer", division: "630102100" }],
  },
  {
    login: "cun",
    displayName: "村级探访员",
    what: "村级探访员（乐家湾镇三个村）· worker of three villages",
    grants: [
      { role: "worker", division: "630102100200" },
      { role: "worker", division: "630102100201" },
      { role: "worker", division: "630102100202" },
    ],
  },
  {
    login: "shequ",
    displayName: "社区探访员",
    what: "社区探访员（东关街道三个社区）· worker of three communities",
    grants: [
      { role: "worker", division: "630102001001" },
      { role: "worker", division: "630102001004" },
      { role: "worker", division: "630102001005" },
    ],
  },
  {
    login: "publisher",
    displayName: "省厅公示",
    what: "信息公示（全省）· publisher, province",
    grants: [{ role: "publisher", division: "63" }],
  },
  {
    login: "auditor",
    displayName: "省厅督查",
    what: "审计督查，只读（全省）· auditor, reads only",
    grants: [{ role: "auditor", division: "63" }],
  },
  {
    login: "duogang",
    displayName: "一人多岗",
    what: "一人多岗，可切换身份 · several grants to switch between",
    grants: [
      { role: "registrar", division: "6301" },
      { role: "auditor", division: county },
      { role: "publisher", division: "6302" },
    ],
  },
];

/** Accounts that act for an organisation or a unit of the register; their grants are given once it is loaded. */
const bodies = [
  { login: "zhuguan", displayName: "业务主管单位经办", what: "业务主管单位（城东区教育局）· supervisory unit" },
  {
    login: "zuzhi-nianbao",
    displayName: "社会组织（待报年报）",
    what: "社会组织，年报待报送 · organisation with a report to submit",
  },
  {
    login: "zuzhi-yichang",
    displayName: "社会组织（在列）",
    what: "社会组织，在活动异常名录 · organisation on the abnormal list",
  },
] as const;
type Body = (typeof bodies)[number]["login"];

/** Accounts as they are printed at start. */
export const demoAccounts: readonly { login: string; password: string; what: string }[] = [...cast, ...bodies].map(
  ({ login, what }) => ({ login, password, what }),
);

/** Writes all accounts and the administrator's grant in one transaction (建立演示账号); answers their ids by login. */
export async function writeAccounts(ctx: Context): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const { login, displayName } of [...cast, ...bodies])
    ids[login] = await writeAccount(ctx, { login, displayName, password, mustChange: false });
  const grant = ctx.newId();
  const { root } = ctx.house;
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into role_grant (id, account_id, role, division_code, label, valid_from, granted_at)
      select ${grant}, ${ids.admin}, 'administrator', ${root}, name, ${ctx.today}, ${ctx.now} from division where code = ${root} and valid_to is null`);
  });
  return ids;
}

/** Lets the accounts act in the play. */
export function engageStaff(stage: Stage, ids: Readonly<Record<string, string>>): void {
  for (const { login, grants } of cast) {
    const [only] = grants;
    if (grants.length === 1 && only?.division)
      stage.engage(only.role as StaffRole, only.division, ids[login] as string);
  }
}

/** Gives the staff accounts their grants (授权). */
export async function grantStaff(stage: Stage, ids: Readonly<Record<string, string>>): Promise<void> {
  for (const { login, grants } of cast) {
    for (const { role, division } of grants) {
      if (login === "admin") continue;
      const accountId = ids[login] as string;
      await stage.call(stage.staff("administrator", "63"), grantRole, { accountId, role: role as StaffRole, division });
    }
  }
}

/** Gives an account its organisation or unit. */
export async function grantBody(
  stage: Stage,
  ids: Readonly<Record<string, string>>,
  login: Body,
  body: { unit: string; label: string } | { organisation: string; home: string; label: string },
): Promise<void> {
  const accountId = ids[login] as string;
  const admin = stage.staff("administrator", "63");
  if ("unit" in body)
    await stage.call(admin, grantRole, { accountId, role: "supervisory-unit", unitId: body.unit, label: body.label });
  else
    await stage.call(admin, grantRole, {
      accountId,
      role: "organisation",
      organisationId: body.organisation,
      organisationHome: body.home,
      label: body.label,
    });
}
