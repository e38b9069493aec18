/** Surnames of more than one character (复姓), longest first; a masked name keeps the whole surname. */
export const compoundSurnames: readonly string[] = (
  "爱新觉罗 叶赫那拉 欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 " +
  "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 " +
  "段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 " +
  "东宫 仲长 子书 子桑 即墨 达奚 褚师 单于 淳于 完颜 纳兰 富察 瓜尔佳 钮祜禄 舒穆禄 赫舍里 哈拉 那拉 佟佳 马佳 章佳 乌雅 费莫 西林 " +
  "耶律 贺兰 贺若 尔朱 步六孤 侯莫陈 普六茹 阿史那 哥舒 斛律 库狄 宿勤 屈突 豆卢 破六韩 沮渠 秃发 乞伏 尔绵 陆费 张简 范姜 欧侯"
).split(" ");

/** Where the community ends in an address (村、社区); what follows in the look-ahead makes it a street or a longer name. */
export const communityEnd =
  /(?:社区居民委员会|社区居委会|居民委员会|村民委员会|居委会|村委会|社区|嘎查|村)(?![路街巷道弄里镇乡村委民居社]|小区|社区|新城)/;

/** Where the township ends in an address (街道、镇、乡). */
export const townshipEnd = /(?:街道办事处|街道|苏木|镇|乡)(?![市区县江原宁安赉康巴路街村])/;

/** The last county or city named in an address (县、区、市); estates and zones are no such thing. */
export const countyEnd = /^.*(?:(?<![小社园校厂库景院属宅活发住])区|[省市县旗])/;
