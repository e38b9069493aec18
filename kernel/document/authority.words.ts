/**
 * Names of registration authorities when no setting names them (登记管理机关名称): province 民政厅, everything below 民政局;
 * the organ's short form (机关代字) is the place's first character with 民社.
 */
export const authorityName = (divisionName: string, level: number): string =>
  level <= 1 ? `${divisionName}民政厅` : `${divisionName}民政局`;

export const organOf = (divisionName: string): string =>
  `${divisionName.replace(/(回族|藏族|土族|撒拉族|蒙古族|自治州|自治县|自治区|省|市|区|县)/g, "").slice(0, 2)}民社`;

/** People's government of the place, for the remedy paragraph (复议机关), and the court below it (诉讼法院). */
export const reconsiderationBody = (divisionName: string): string => `${divisionName}人民政府`;
export const courtName = (divisionName: string): string => `${divisionName}人民法院`;
