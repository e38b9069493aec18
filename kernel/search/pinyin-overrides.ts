/**
 * Readings (读音) of place names, trades and surnames that a dictionary of single characters gets wrong. Lines are the
 * characters and one syllable each, without tones, ü as v; the longest phrase wins. Extend it when a name is not found.
 */
const places = `
单县 shan xian
六安 lu an
六合区 lu he qu
南京市六合 nan jing shi lu he
大栅栏 da shi lan
栅栏 zha lan
重庆 chong qing
重阳 chong yang
厦门 xia men
东阿县 dong e xian
东阿镇 dong e zhen
山东东阿 shan dong dong e
山东省东阿 shan dong sheng dong e
聊城市东阿 liao cheng shi dong e
阿胶 e jiao
大城县 dai cheng xian
铅山 yan shan
枞阳 zong yang
荥阳 xing yang
番禺 pan yu
崆峒 kong tong
洪洞 hong tong
犍为 qian wei
乐清 yue qing
乐亭 lao ting
涡阳 guo yang
歙县 she xian
莘庄 xin zhuang
牟定 mou ding
浚县 xun xian
泌阳 bi yang
尉犁 yu li
长子县 zhang zi xian
繁峙 fan shi
吴堡 wu bu
瓦窑堡 wa yao bu
柴沟堡 chai gou bu
十里堡 shi li pu
宕昌 tan chang
大埔 da bu
筠连 jun lian
黄陂 huang pi
浒墅关 xu shu guan
浒关 xu guan
蔚县 yu xian
解州 hai zhou
会稽 kuai ji
龟兹 qiu ci
吐蕃 tu bo
鸭绿江 ya lu jiang
什刹海 shi cha hai
趵突泉 bao tu quan
太行 tai hang
柏林 bo lin
万柏林 wan bai lin
秘鲁 bi lu
民乐县 min le xian
河涌 he chong
东涌 dong chong
沙涌 sha chong
朝霞 zhao xia
朝晖 zhao hui
杉木 sha mu
身毒 yuan du
克什克腾 ke shi ke teng
`;

const trades = `
银行 yin hang
商行 shang hang
分行 fen hang
支行 zhi hang
总行 zong hang
央行 yang hang
农行 nong hang
工行 gong hang
建行 jian hang
中行 zhong hang
洋行 yang hang
琴行 qin hang
行业 hang ye
行会 hang hui
同行业 tong hang ye
行规 hang gui
行情 hang qing
行长 hang zhang
音乐 yin yue
声乐 sheng yue
器乐 qi yue
民乐 min yue
国乐 guo yue
军乐 jun yue
管乐 guan yue
弦乐 xian yue
鼓乐 gu yue
礼乐 li yue
奏乐 zou yue
乐团 yue tuan
乐队 yue dui
乐器 yue qi
乐曲 yue qu
乐理 yue li
乐谱 yue pu
乐坛 yue tan
乐府 yue fu
校长 xiao zhang
家长 jia zhang
院长 yuan zhang
会长 hui zhang
市长 shi zhang
县长 xian zhang
省长 sheng zhang
州长 zhou zhang
区长 qu zhang
镇长 zhen zhang
乡长 xiang zhang
村长 cun zhang
部长 bu zhang
局长 ju zhang
处长 chu zhang
厂长 chang zhang
首长 shou zhang
队长 dui zhang
站长 zhan zhang
组长 zu zhang
班长 ban zhang
军长 jun zhang
营长 ying zhang
道长 dao zhang
董事长 dong shi zhang
理事长 li shi zhang
秘书长 mi shu zhang
参谋长 can mou zhang
长官 zhang guan
长老 zhang lao
长者 zhang zhe
长辈 zhang bei
长大 zhang da
成长 cheng zhang
生长 sheng zhang
增长 zeng zhang
助长 zhu zhang
重建 chong jian
重组 chong zu
重逢 chong feng
重生 chong sheng
重修 chong xiu
重新 chong xin
重返 chong fan
重安江 chong an jiang
调查 diao cha
调研 diao yan
调度 diao du
调动 diao dong
曲调 qu diao
会计 kuai ji
传记 zhuan ji
水浒传 shui hu zhuan
人参 ren shen
海参 hai shen
党参 dang shen
西洋参 xi yang shen
导弹 dao dan
炮弹 pao dan
子弹 zi dan
薄荷 bo he
星宿 xing xiu
牲畜 sheng chu
家畜 jia chu
畜禽 chu qin
种畜 zhong chu
大夫 dai fu
便宜 pian yi
差旅 chai lv
出差 chu chai
甲壳 jia qiao
地壳 di qiao
巷道 hang dao
收藏 shou cang
珍藏 zhen cang
典藏 dian cang
储藏 chu cang
贮藏 zhu cang
冷藏 leng cang
馆藏 guan cang
藏品 cang pin
藏书 cang shu
藏家 cang jia
窖藏 jiao cang
校对 jiao dui
校验 jiao yan
供给 gong ji
给水 ji shui
补给 bu ji
自给 zi ji
角色 jue se
绿林 lu lin
刹车 sha che
似的 shi de
奇数 ji shu
`;

/** Everyday words that read as usual and keep the phrases above from beginning inside them: 社会计划 holds no 会计. */
const barriers = `
社会 she hui
学会 xue hui
协会 xie hui
研究会 yan jiu hui
联合会 lian he hui
促进会 cu jin hui
基金会 ji jin hui
总会计师 zong kuai ji shi
快乐 kuai le
欢乐 huan le
娱乐 yu le
康乐 kang le
安乐 an le
同乐 tong le
和乐 he le
长乐 chang le
解放 jie fang
解忧 jie you
黑龙 hei long
黑马 hei ma
种子 zhong zi
种植 zhong zhi
能源 neng yuan
员工 yuan gong
区域 qu yu
查干 cha gan
盖州 gai zhou
洗衣 xi yi
乐活 le huo
乐善 le shan
乐龄 le ling
`;

/**
 * What stops a phrase by the character that follows: 湖南省长沙市 holds no 省长, 社工行动 no 工行. Keys are the phrase's last
 * character.
 */
export const stoppedBefore: ReadonlyMap<string, RegExp> = new Map([
  ["长", /^[沙春治宁江安乐兴丰武汀岭葛白海阳清寿顺泰垣征城虹航河青岛洲湖桥山水风坡垅塘沟林坪庄村镇乡街路]/],
  ["行", /^[动政走为程者使人医善知路军销]/],
]);

/** Characters whose everyday first reading is not the one names use. */
const characters = `
都 du
藏 zang
畜 xu
莞 guan
仡 ge
曾 zeng
缪 miao
蚌 beng
着 zhuo
`;

/** First characters of short names, read as surnames (姓氏读音); both readings can be searched. */
const surnames = `
单 shan
解 xie
仇 qiu
查 zha
盖 ge
朴 piao
区 ou
乐 yue
覃 qin
种 chong
折 she
黑 he
秘 bi
召 shao
员 yun
繁 po
能 nai
逄 pang
洗 xian
祭 zhai
郇 xun
佴 nai
万俟 mo qi
尉迟 yu chi
长孙 zhang sun
澹台 tan tai
单于 chan yu
`;

function parse(lines: string): Map<string, readonly string[]> {
  const table = new Map<string, readonly string[]>();
  for (const line of lines.split("\n")) {
    const [phrase, ...syllables] = line.trim().split(" ");
    if (phrase) table.set(phrase, syllables);
  }
  return table;
}

/** Phrases with the syllable of each character. */
export const phraseReadings: ReadonlyMap<string, readonly string[]> = parse(places + trades + barriers);

/** Single characters with the syllable names use. */
export const characterReadings: ReadonlyMap<string, readonly string[]> = parse(characters);

/** Surnames of one or two characters with their syllables. */
export const surnameReadings: ReadonlyMap<string, readonly string[]> = parse(surnames);
