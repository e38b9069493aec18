/**
 * Words people build passwords from (常见口令词根), lower case, leet undone. A password that is such a word with digits or
 * signs around it is found within minutes by any list. From the public lists of most used passwords and Chinese habits.
 */
export const commonWords: readonly string[] = [
  ...[
    "password",
    "passw",
    "passwd",
    "letmein",
    "welcome",
    "changeme",
    "default",
    "secret",
    "master",
    "monkey",
    "dragon",
  ],
  ...["sunshine", "princess", "football", "baseball", "superman", "batman", "trustno", "iloveyou", "hello", "freedom"],
  ...["shadow", "michael", "jordan", "ninja", "starwars", "computer", "internet", "administrator", "admin", "root"],
  ...["system", "server", "guest", "login", "access", "public", "private", "service", "support", "manager", "office"],
  ...[
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "asdfghjkl",
    "zxcvbn",
    "zxcvbnm",
    "qazwsx",
    "qazwsxedc",
    "qwer",
    "asdf",
    "zxcv",
  ],
  ...[
    "woaini",
    "woaiwojia",
    "wodemima",
    "mima",
    "aini",
    "baobao",
    "laopo",
    "laogong",
    "zhongguo",
    "beijing",
    "shanghai",
  ],
  ...["qinghai", "xining", "zhejiang", "hangzhou", "guanliyuan", "minzheng", "minzhengju", "shanzhi", "shehuizuzhi"],
  ...["zhangsan", "lisi", "wangwu", "xiaoming", "nihao", "ceshi", "shiyan", "wangyi", "taobao", "weixin", "caonima"],
  ...["test", "tester", "demo", "user", "temp", "abc", "abcd", "abcdef", "xyz", "aaa", "zzz", "love", "king", "china"],
];

/** Whole passwords of ten characters and more that no word rule catches (常见长口令). */
export const commonPasswords: ReadonlySet<string> = new Set([
  ...["1qaz2wsx3edc", "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "zaq12wsxcde3", "1qazxsw23edc", "qweasdzxc123"],
  ...[
    "a1b2c3d4e5",
    "a123456789",
    "aa12345678",
    "abc1234567",
    "1234qwerasdf",
    "123qweasdzxc",
    "147258369a",
    "5201314aini",
  ],
  ...["woaini1314", "woaini5201314", "qq123456789", "zxc123456789", "asd123456789", "qwe123456789", "1234567890a"],
  ...["correcthorsebatterystaple", "thequickbrownfox", "11112222aa", "qazwsxedcrfv", "1357924680", "7758521520"],
]);
