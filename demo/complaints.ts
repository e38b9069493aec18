import {
  acceptComplaint,
  answerReview,
  assignComplaint,
  closeComplaint,
  listComplaints,
  refuseComplaint,
  replyToComplaint,
} from "../modules/complaints/complaints.contract.ts";
import { askComplaintReview, sendComplaint } from "../modules/portal/portal.contract.ts";
import { inventedPhone } from "./codes.ts";
import { county } from "./names.ts";
import type { Register } from "./register.ts";
import type { Stage } from "./stage.ts";

/** One complaint: days before today on which each act happened. */
interface Course {
  readonly sent: number;
  readonly accepted?: number;
  readonly assigned?: number;
  readonly replied?: number;
  readonly closed?: number;
  readonly notOurs?: number;
  /** Asked for another look at the answer; looked at. */
  readonly reviewAsked?: number;
  readonly reviewed?: number;
  readonly text: string;
  /** Place of the organisation in the county's register; without one it is about something else. */
  readonly about?: number;
}

const courses: readonly Course[] = [
  {
    sent: 60,
    accepted: 57,
    assigned: 56,
    replied: 30,
    closed: 29,
    about: 1,
    text: "该机构收取培训费后未开具票据，多次联系未果。",
  },
  { sent: 40, accepted: 36, replied: 12, about: 9, text: "协会网站公示的会费标准与实际收取不一致。" },
  {
    sent: 48,
    accepted: 45,
    assigned: 44,
    replied: 31,
    reviewAsked: 27,
    reviewed: 16,
    about: 11,
    text: "理事会会议记录没有向会员公开，答复未说明原因。",
  },
  { sent: 33, accepted: 30, replied: 15, reviewAsked: 5, about: 16, text: "退会后会费没有按章程退还。" },
  { sent: 25, notOurs: 22, text: "小区物业擅自涨价，请予查处。" },
  { sent: 20, accepted: 17, assigned: 16, about: 6, text: "机构门口所挂牌子与登记名称不一致。" },
  { sent: 18, accepted: 14, about: 14, text: "活动通知称由政府主办，实际并非如此。" },
  { sent: 12, about: 4, text: "机构已搬离登记住所，无法取得联系。" },
  { sent: 3, about: 20, text: "理事会多年未换届，请核实。" },
  { sent: 1, about: 2, text: "收到疑似冒用该协会名义的募捐信息。" },
];

/** Complaints of the public in every state (投诉举报演示), sent through the portal and handled by the county. */
export function planComplaints(stage: Stage, register: Register): void {
  const registrar = () => stage.staff("registrar", county);
  for (const [at, course] of courses.entries()) {
    let number = "";
    let receipt = "";
    const on = (
      days: number | undefined,
      name: string,
      act: (ctx: Parameters<Parameters<Stage["batch"]>[3]>[0], id: string) => Promise<unknown>,
    ) => {
      if (days === undefined) return;
      stage.on(stage.ago(days), async () => {
        await stage.batch(registrar(), acceptComplaint, `complaint ${name} ${at}`, async (ctx) => {
          const { complaints } = await stage.within(ctx, listComplaints, { limit: 200 });
          return act(ctx, complaints.find((one) => one.number === number)?.id ?? "");
        });
      });
    };
    stage.on(stage.ago(course.sent), async () => {
      const own = register.all.filter((one) => one.home === `${county}` && one.creditCode);
      const code = course.about === undefined ? undefined : own[course.about]?.creditCode;
      const sender = at % 2 === 0 ? { name: "青某某", contact: inventedPhone(2_000 + at) } : {};
      const done = await stage.call(stage.anybody, sendComplaint, {
        ...(code ? { code } : { division: county }),
        text: course.text,
        ...sender,
      });
      number = done.number;
      receipt = done.receipt;
    });
    on(course.accepted, "accept", (ctx, id) => stage.within(ctx, acceptComplaint, { id }));
    on(course.notOurs, "not-ours", (ctx, id) =>
      stage.within(ctx, refuseComplaint, { id, responsible: "住房和城乡建设部门" }),
    );
    on(course.assigned, "assign", (ctx, id) => stage.within(ctx, assignComplaint, { id, handler: "社会组织管理科" }));
    on(course.replied, "reply", (ctx, id) =>
      stage.within(ctx, replyToComplaint, {
        id,
        text: "经核查情况属实，已责令限期改正，并记入信用信息。感谢您的监督。",
      }),
    );
    if (course.reviewAsked !== undefined)
      stage.on(stage.ago(course.reviewAsked), async () => {
        await stage.call(stage.holderOf(receipt), askComplaintReview, {
          number,
          receipt,
          reason: "答复没有说明依据，请再核实。",
        });
      });
    if (course.reviewed !== undefined)
      stage.on(stage.ago(course.reviewed), async () => {
        const { complaints } = await stage.call(registrar(), listComplaints, { limit: 200 });
        await stage.call(stage.staff("decider", county), answerReview, {
          id: complaints.find((one) => one.number === number)?.id ?? "",
          text: "经复核，已责令该组织十五日内向会员公开会议记录，原答复补充说明依据。",
        });
      });
    on(course.closed, "close", (ctx, id) => stage.within(ctx, closeComplaint, { id }));
  }
}
