/**
 * Colours, type and measures of the house (设计变量), shared by the console and the server-rendered portal.
 * `tokens.css` holds the same values as custom properties (`--paper`, `--ink`, ...); a test keeps the two equal.
 */
export interface Palette {
  readonly paper: string;
  readonly surface: string;
  readonly sunken: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly rule: string;
  readonly ruleStrong: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly accentSoft: string;
  readonly seal: string;
  readonly sealInk: string;
  readonly sealSoft: string;
  readonly amber: string;
  readonly amberSoft: string;
  readonly red: string;
  readonly redSoft: string;
  readonly green: string;
  readonly greenSoft: string;
}

/** Ink on paper. Text colours reach AAA on paper, lines that bound a control reach 3:1. */
export const light: Palette = {
  paper: "#fbfaf7",
  surface: "#ffffff",
  sunken: "#f4f2ec",
  ink: "#1f2329",
  inkSoft: "#50565f",
  rule: "#e6e3dc",
  ruleStrong: "#8b877c",
  accent: "#0d5565",
  accentInk: "#ffffff",
  accentSoft: "#e4eff0",
  seal: "#b3271c",
  sealInk: "#ffffff",
  sealSoft: "#faece9",
  amber: "#7a4f00",
  amberSoft: "#faf0d9",
  red: "#9b1c1c",
  redSoft: "#fae9e7",
  green: "#24603a",
  greenSoft: "#e6f1e8",
};

/** Lamp light: the same places, other values. */
export const dark: Palette = {
  paper: "#15181c",
  surface: "#1c2025",
  sunken: "#101316",
  ink: "#e9e7e2",
  inkSoft: "#b3b6bb",
  rule: "#31363d",
  ruleStrong: "#7b818a",
  accent: "#79c6d3",
  accentInk: "#0a2229",
  accentSoft: "#1b333a",
  seal: "#ef8275",
  sealInk: "#2b0d0a",
  sealSoft: "#3a2220",
  amber: "#e6bd6b",
  amberSoft: "#352b17",
  red: "#f29d95",
  redSoft: "#3a2220",
  green: "#8fcda0",
  greenSoft: "#1d3324",
};

export const type = {
  body: '"PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif',
  serif: '"Noto Serif CJK SC", "Songti SC", "Noto Serif SC", SimSun, serif',
  mono: '"JetBrains Mono", "SFMono-Regular", Consolas, "Noto Sans Mono CJK SC", monospace',
  size: 15,
  sizeLarge: 19,
  line: 1.6,
} as const;

export const measure = { radius: 6, content: 1280, form: 560, step: 8, control: 36, controlLarge: 46 } as const;

/** Series of a chart, readable in greyscale and without telling red from green. */
export const series = {
  light: ["#0d5565", "#b98a2e", "#6b8fa3", "#7d5a78", "#9aa38a", "#3f3f46"],
  dark: ["#79c6d3", "#e6bd6b", "#9db7c6", "#c3a3be", "#bcc5ab", "#d4d4d8"],
} as const;
