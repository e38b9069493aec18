import type { Kind } from "../modules/organisations/index.ts";
import type { Dice } from "./dice.ts";

/** The county in which every state of every procedure can be seen: 西宁市城东区. */
export const county = "630102";

/** Invented names (虚构名称): made of parts by the order of the law; no organisation or person of this province is meant. */

const places: Readonly<Record<string, string>> = {
  "630102": "西宁市城东区",
  "630103": "西宁市城中区",
  "630104": "西宁市城西区",
  "630105": "西宁市城北区",
  "630106": "西宁市湟中区",
  "630121": "大通县",
  "630202": "海东市乐都区",
  "630203": "海东市平安区",
  "630222": "民和县",
  "630223": "互助县",
  "630224": "化隆县",
  "630225": "循化县",
  "632221": "门源县",
  "632324": "河南县",
  "6322": "海北州",
  "6323": "黄南州",
  "6325": "海南州",
  "6326": "果洛州",
  "6327": "玉树州",
  "6328": "海西州",
  "632857": "海西州大柴旦",
};

/** How a division is called in the names of organisations: shorter than in the list where people say it shorter. */
export function placeName(code: string, name: string): string {
  return places[code] ?? name;
}

const tradeFirst = [..."岚砚苔穗榆朔萤檐桐渡笺霁砾苇栎溯蓼簌棣葭"];
const tradeSecond = [..."舟禾序川岫笙谷籁汀垣洲陌野柯峦屿溪庐原坞"];

/** A trade name (字号) of two characters. */
export function tradeName(dice: Dice): string {
  return dice.pick(tradeFirst) + dice.pick(tradeSecond);
}

const colours = ["河湟", "高原", "江源", "湟水", "祁连", "丹霞", "雪线", "星宿海", "日月山", "柳湾"];
const crafts = [
  "纸鸢",
  "皮影戏",
  "剪纸",
  "石磨面食",
  "羊毛毡",
  "木版画",
  "黑陶",
  "刺绣",
  "手织毯",
  "养蜂",
  "青稞面点",
  "菌菇种植",
  "牦牛养殖",
  "冷水养鱼",
  "温室花卉",
  "无人机飞行",
  "攀岩运动",
  "冰上运动",
  "观鸟",
  "星空摄影",
  "手语传播",
  "棋艺",
  "诗词吟诵",
  "社区园艺",
  "夕阳合唱",
  "口琴",
  "古琴",
  "拔河运动",
  "盆景",
  "石雕",
  "草编",
  "马铃薯种业",
  "燕麦饲草",
  "乡村厨艺",
  "旧书收藏",
  "老物件修复",
  "徒步运动",
  "自行车骑行",
  "太极拳",
  "民间故事",
];
const groupForms = ["协会", "协会", "协会", "学会", "研究会", "促进会", "联合会", "商会"];

const services = [
  "居家养老",
  "社会工作",
  "助残康复",
  "儿童陪伴",
  "职业技能培训",
  "社区营养",
  "心理关怀",
  "生态观测",
  "民间艺术",
  "青少年体育",
  "乡村阅读",
  "法律援助宣传",
  "志愿服务",
  "应急救护培训",
  "托育",
];
const institutionForms = ["服务中心", "服务中心", "服务站", "学校", "研究院", "俱乐部", "工作室"];
const causes = ["教育", "助学", "生态保护", "乡村医疗", "青少年发展", "非遗传承", "防灾减灾", "助老"];

const circles = [
  "广场舞队",
  "合唱队",
  "志愿巡逻队",
  "邻里调解会",
  "书画小组",
  "阳台种植小组",
  "老年象棋队",
  "太极晨练队",
  "红白理事会",
  "旧物交换小组",
];
const villages = ["东坡", "柳岸", "榆树巷", "新桥", "水磨", "石榴院", "北渠", "杏园", "前街", "凉州营", "砖塔", "泉湾"];

/** The parts of a name and the name they make. */
export interface InventedName {
  readonly name: string;
  readonly place: string;
  readonly trade: string | null;
  readonly field: string;
  readonly form: string;
}

/** Makes the name of an organisation of a kind (虚构名称): place, trade name where the kind has one, field, form; Order 69 art. 8. */
export function organisationName(dice: Dice, kind: Kind, place: string): InventedName {
  if (kind === "foundation") {
    const trade = tradeName(dice);
    const field = dice.pick(causes);
    return { name: `${place}${trade}${field}基金会`, place, trade, field, form: "基金会" };
  }
  if (kind === "social_service_institution") {
    const trade = tradeName(dice);
    const field = dice.pick(services);
    const form = dice.pick(institutionForms);
    return { name: `${place}${trade}${field}${form}`, place, trade, field, form };
  }
  if (kind === "community_organisation") {
    const trade = dice.pick(villages);
    const form = dice.pick(circles);
    return { name: `${place}${trade}${form}`, place, trade, field: form, form };
  }
  const field = dice.pick(colours) + dice.pick(crafts);
  const form = dice.pick(groupForms);
  return { name: `${place}${field}${form}`, place, trade: null, field, form };
}

const surnames = [..."赵钱孙周吴郑冯陈韩杨朱秦许何吕施孔曹严华金魏陶姜谢邹窦章苏潘葛范彭鲁韦马苗方任袁柳"];
const given = [..."明远清和景行文博思齐若谷怀瑾知微砚秋云舒立言守拙广川晚晴望舒听澜采薇"];

/** An invented person's name (虚构人名). */
export function personName(dice: Dice): string {
  const first = dice.pick(given);
  return dice.pick(surnames) + first + (dice.chance(0.75) ? dice.pick(given.filter((one) => one !== first)) : "");
}

/** Names that are hard on fonts, sorting and columns, and do occur in registers. */
export const hardNames = {
  /** 𬭎 and 㛃 and 䶮 stand outside the characters most systems know; the first outside the basic plane. */
  rare: ["𬭎", "㛃", "䶮"],
  /** 36 characters. */
  long: "青海省河湟谷地传统手工技艺与高原特色农畜产品融合发展和品牌建设促进研究会",
} as const;
