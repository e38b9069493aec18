import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ExistingInput, truncated, understandExisting } from "./existing.rules.ts";
import { judgeNamePair } from "./name-changes.rules.ts";
import { nameKey } from "./organisations.facts.ts";

const where = { home: "110000", today: "2026-06-01" };
const sound: ExistingInput = {
  name: "北京绿色阳光环保公益基金会",
  creditCode: "53110000306768354G",
  registeredOn: "2014-08-25",
};

function warned(change: Partial<ExistingInput>): string[] {
  return understandExisting({ ...sound, ...change }, where).warnings.map((one) =>
    one.code.replace("organisations/", ""),
  );
}
const stopped = (change: Partial<ExistingInput>) =>
  understandExisting({ ...sound, ...change }, where).problems.map((one) => one.code);
const facts = (change: Partial<ExistingInput>) => understandExisting({ ...sound, ...change }, where).facts;

describe("a line of an existing register", () => {
  it("that is in order raises no doubt, and its code tells the kind", () => {
    expect(warned({})).toEqual([]);
    expect(facts({})).toMatchObject({ kind: "foundation", registeredOn: "2014-08-25" });
  });

  it.each<[Partial<ExistingInput>, string[]]>([
    [{ creditCode: "53110000306768354H" }, ["code-check-digit"]],
    [{ creditCode: "5311000030676835" }, ["code-length"]],
    [{ creditCode: "5311000030676835IG" }, ["code-characters"]],
    [{ creditCode: " 53110000３０６７68354g " }, []],
    [{ creditCode: undefined }, ["code-missing"]],
    [{ registeredOn: "1900-01-01" }, ["date-unknown"]],
    [{ registeredOn: "1970-01-01" }, ["date-unknown"]],
    [{ registeredOn: "2014年8月" }, ["date-partial"]],
    [{ registeredOn: "2014-02-30" }, ["date-implausible"]],
    [{ registeredOn: "2026-06-02" }, ["date-in-future"]],
    [{ registeredOn: "2014.8.25" }, []],
    [{ validity: "2016-11-18 至 2026-05-31" }, ["certificate-expired"]],
    [{ validity: "2016-11-18 至 2026-06-01" }, []],
    [{ validity: "2016-11-18 至 2026-05-31", status: "deregistered" }, []],
    [{ validity: "至 2030-04-25" }, []],
    [{ validity: "至" }, []],
    [{ validity: "长期" }, ["validity-unreadable"]],
    [{ validity: "2016-11-18 至 2015-11-18", status: "revoked" }, ["validity-backwards"]],
    [{ validity: "2012-01-04 至 2030-08-05" }, ["registered-after-certificate"]],
    [{ fundsFen: 200_000_000 }, []],
    [{ fundsFen: 199_999_999 }, ["funds-below-minimum"]],
    [{ fundsFen: 0 }, ["funds-zero"]],
    [{ supervisoryUnit: "直接登记" }, []],
    [{ supervisoryUnit: "暂无" }, ["unit-unknown-text"]],
    [{ supervisoryUnit: "上海市民政局,上海市残疾人联合会" }, ["two-units"]],
    [{ supervisoryUnit: "省民政厅" }, ["unit-without-place"]],
    [{ registrationAuthority: "暂无" }, ["authority-unknown"]],
    [{ domicile: "凤凰路３７１号" }, ["domicile-without-place"]],
    [{ domicile: "nan" }, []],
    [{ name: "南航" }, ["name-truncated"]],
    [{ name: "纪念苏天" }, ["name-unlike-kind"]],
    [{ name: "黑龙江省亚布力（中国）企业家论坛发展研究基" }, ["name-truncated"]],
    [{ name: "中国儿童（北京" }, ["name-truncated"]],
    [{ kind: "social_group" }, ["name-unlike-kind", "kind-differs-from-code"]],
  ])("%j raises %j", (change, expected) => expect(warned(change)).toEqual(expected));

  it("is kept out only when it cannot be a social organisation or its kind cannot be told", () => {
    expect(stopped({ name: "岳阳县城关镇南街社区居民委员会" })).toEqual(["organisations/not-a-social-organisation"]);
    expect(stopped({ name: "岳阳县城关镇南街社区居民委员会", confirmed: true })).toEqual([]);
    expect(stopped({ name: "某某研究院", creditCode: undefined })).toEqual(["organisations/kind-unknown"]);
  });

  it("never throws and never loses the name, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.record({
          name: fc.string({ minLength: 1, unit: "binary" }),
          creditCode: fc.string(),
          registeredOn: fc.string(),
          validity: fc.string(),
          supervisoryUnit: fc.string(),
          domicile: fc.string(),
        }),
        (given) => {
          const understood = understandExisting(given, where);
          return typeof understood.facts.name === "string" && understood.problems.every((one) => one.field !== "");
        },
      ),
    );
  });

  it("says without a unit what the source said without one", () => {
    expect(facts({ supervisoryUnit: "无" })).toMatchObject({ directRegistration: true });
    expect(facts({ supervisoryUnit: "暂无" }).directRegistration).toBeUndefined();
    expect(facts({ supervisoryUnit: "教育部" })).toMatchObject({ unitName: "教育部", directRegistration: false });
  });
});

describe("names", () => {
  it.each([
    ["南京市溧水县见义勇为基金会", "南京市溧水区见义勇为基金会", "change"],
    ["河源市华达万福公益基金会", "河源市华达福公益基金会", "spelling"],
    ["湖北省武汉中学教育发展基金会", "湖北武汉中学教育发展基金会", "spelling"],
    ["新疆社会救助基金会", "中华援疆发展基金会", "change"],
    [
      "广东省北京师范大学-香港浸会大学联合国际学院",
      "广东省北京师范大学-香港浸会大学联合国际学院教育基金会",
      "truncated",
    ],
    ["黑龙江省亚布力（中国）企业家论坛发展研究基", "黑龙江省亚布力(中国)企业家论坛发展研究基金会", "truncated"],
    ["某某（中国）基金会", "某某(中国)基金会", "same"],
  ])("%s to %s is %s", (before, after, expected) => expect(judgeNamePair(before, after)).toBe(expected));

  it("are compared without width, brackets and spaces, and rare characters survive", () => {
    expect(nameKey("某某（中国） 基金会")).toBe(nameKey("某某(中国)基金会"));
    expect(nameKey("𬭎㛃䶮协会")).toBe("𬭎㛃䶮协会");
    expect(truncated("𬭎㛃䶮协会")).toBe(false);
  });
});
