import { defineSetting } from "../../kernel/settings/declare.ts";

/** Score bands are local: on a scale of 1,000 points, the least score of each grade (等级分数线). */
const band = (grade: string, title: string, value: number) =>
  defineSetting({
    id: `grade.band-${grade}`,
    title,
    unit: "points",
    basis: "local",
    versions: [{ from: "2011-03-01", value }],
    min: 0,
    max: 1000,
  });

/** Dated settings of the assessment of grades (等级评估参数). */
export const settings = [
  band("5a", "band5a", 950),
  band("4a", "band4a", 901),
  band("3a", "band3a", 851),
  // The source prints 801–850 for 2A and 851–900 for 3A: each band's lower edge belongs to it.
  band("2a", "band2a", 801),
] as const;
