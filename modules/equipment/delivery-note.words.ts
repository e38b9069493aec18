/** Words of the delivery note (发运单用语): a paper, printed in Chinese only. */
export const deliveryNoteWords = {
  zh: {
    title: "捐赠设备发运单",
    place: "所在区划",
    from: "发出单位",
    shippedOn: "发运日期",
    dueOn: "应签收日期",
    carrier: "承运单位",
    waybill: "运单号",
    columns: { item: "物品", quantity: "件数", numbered: "编号" },
    numbersLater: "到货时逐件登记",
    numbers: (facts: { count: number }) => `${facts.count} 个，见下`,
    codes: "设备编号（逐件扫码，也可剪下贴在设备上）",
    rule: "签收时逐件扫码核对编号，由两位不同的人当面签字。件数不足的，签收实际收到的件数并写明原因；编号不在本单上的，不要签收。",
    signColumns: { role: "签收人", name: "姓名", post: "职务", sign: "签字", on: "日期" },
    first: "第一签收人",
    second: "第二签收人",
  },
} as const;
