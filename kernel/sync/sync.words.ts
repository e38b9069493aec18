import { counted, defineWords } from "../text/words.ts";

type Cause = { code?: string };

/** Words of work without network (离线工作用语). */
export const words = defineWords({
  zh: {
    errors: {
      "sync/unknown-device": "没有这部手机，请先在手机上绑定。",
      "sync/device-of-another": "这部手机绑定在另一个账号名下，不能为您下发。未上报的内容可以由您代为上报。",
      "sync/renewal-refused": "这部手机不能自动续期登录：绑定已失效或签名核对不上。请输入口令登录。",
      "sync/silent-too-long": (facts: { days?: number }) =>
        `这部手机超过 ${facts.days ?? 7} 天没有联系过服务器，请输入口令登录。`,
      "sync/key-unreadable": "手机的签名公钥读不懂，请更新应用后重新绑定。",
      "sync/signature-wrong":
        "签名不对：内容在手机上被改动过，或不是这部手机记录的。内容没有写入，请在手机上核对后重新记录。",
      "sync/operation-not-offline": (facts: { operation?: string }) =>
        `本系统没有可离线办理的操作 ${facts.operation ?? ""}，应用版本可能太旧。内容已保留，等待人工处理。`,
      "sync/device-wiped": "这部手机已被命令清除。它仍上报的内容已保留，等待人工核对。",
      "sync/delivered-by-another": "由他人代为上报，内容已保留，等待人工核对。",
      "sync/held": "内容已保留，等待人工处理。",
      "sync/file-differs": "附件内容与手机上的摘要不符，或同一编号已存过另一份附件，没有保存。请重新上传。",
      "sync/file-too-large": (facts: { limitMegabytes?: number; megabytes?: number }) =>
        `附件${facts.megabytes === undefined ? "" : `有 ${facts.megabytes} MB，`}超过上限 ${facts.limitMegabytes ?? 5} MB，没有保存。请压缩或重新拍摄。`,
      "sync/file-kind": "只接受照片（JPEG、PNG、WebP）和录音（WebM、Ogg、MP4）。按内容判断，与文件名无关。",
      "sync/unknown-held": "没有这条待处理的离线操作，或不在您的管辖范围。",
      "sync/held-settled": "这条离线操作已经处理过，请刷新。",
      "sync/still-refused": (facts: Cause) =>
        `现在仍不能写入（原因代码 ${facts.code ?? ""}）。请先排除原因，或搁置并写明理由。`,
    },
    settings: {
      recordCap: "一部手机最多保存的记录数",
      keepDays: "手机多少天不联系就清除名单",
      driftMinutes: "手机时钟偏差超过多少分钟就校正并标记",
      fileMegabytes: "手机附件大小上限（MB）",
      settleDays: "待处理离线操作的处理天数",
    },
    duties: {
      settleHeld: "处理离线操作：手机上报后不能直接写入",
      silentPhone: "催促手机上报：有未上报内容，多日没有联系",
    },
  },
  en: {
    errors: {
      "sync/unknown-device": "This phone is not known. Register it on the phone first.",
      "sync/device-of-another":
        "This phone belongs to another account, so its lists are not sent to you. What it has not sent yet you may deliver.",
      "sync/renewal-refused":
        "This phone cannot sign in by itself: its binding has ended or the signature is wrong. Please sign in with the password.",
      "sync/silent-too-long": (facts) =>
        `This phone has not been heard of for more than ${counted(facts.days ?? 7, "day")}. Please sign in with the password.`,
      "sync/key-unreadable": "The phone's public key cannot be read. Update the application and register again.",
      "sync/signature-wrong":
        "The signature is wrong: the content was changed on the phone or was not recorded on it. Nothing was written; check it on the phone and record it again.",
      "sync/operation-not-offline": (facts: { operation?: string }) =>
        `There is no operation ${facts.operation ?? ""} that may be recorded without network; the application may be too old. The content is kept and waits for a person.`,
      "sync/device-wiped":
        "This phone was ordered to destroy its data. What it still sent is kept and waits for a person.",
      "sync/delivered-by-another": "Delivered by somebody else; the content is kept and waits for a person.",
      "sync/held": "The content is kept and waits for a person.",
      "sync/file-differs":
        "The file is not what the phone's digest says, or another file has the same number; it was not kept. Send it again.",
      "sync/file-too-large": (facts: { limitMegabytes?: number; megabytes?: number }) =>
        `The file${facts.megabytes === undefined ? "" : ` has ${facts.megabytes} MB and`} is larger than ${facts.limitMegabytes ?? 5} MB; it was not kept. Compress it or take it again.`,
      "sync/file-kind":
        "Only photos (JPEG, PNG, WebP) and recordings (WebM, Ogg, MP4) are accepted, judged by content, whatever the name.",
      "sync/unknown-held": "There is no such held act, or it lies outside your division.",
      "sync/held-settled": "This held act was settled before. Reload.",
      "sync/still-refused": (facts: Cause) =>
        `It can still not be written (code ${facts.code ?? ""}). Remove the cause first, or set it aside with a reason.`,
    },
    settings: {
      recordCap: "Most records on one phone",
      keepDays: "Days without contact after which a phone forgets its lists",
      driftMinutes: "Minutes of drift from which a phone's clock is corrected and flagged",
      fileMegabytes: "Largest file from a phone (MB)",
      settleDays: "Days to settle a held act",
    },
    duties: {
      settleHeld: "Settle an act from a phone that could not be written",
      silentPhone: "Ask for a phone with unsent work that has been silent for days",
    },
  },
});
