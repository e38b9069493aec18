import { type ThemeConfig, theme } from "antd";
import { dark, light, measure, type } from "./tokens.ts";

/** The face antd wears here (主题): our tokens, short motion, no wave, large print by size and not by zoom. */
export function themeOf(mode: "light" | "dark", largePrint: boolean, reducedMotion: boolean): ThemeConfig {
  const palette = mode === "dark" ? dark : light;
  return {
    algorithm: mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: type.body,
      fontSize: largePrint ? type.sizeLarge : type.size,
      lineHeight: type.line,
      controlHeight: largePrint ? measure.controlLarge : measure.control,
      borderRadius: measure.radius,
      colorPrimary: palette.accent,
      colorPrimaryHover: palette.accent,
      colorPrimaryActive: palette.accent,
      colorTextLightSolid: palette.accentInk,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      colorLinkHover: palette.accent,
      colorError: palette.red,
      colorWarning: palette.amber,
      colorSuccess: palette.green,
      colorText: palette.ink,
      colorTextSecondary: palette.inkSoft,
      colorTextTertiary: palette.inkSoft,
      colorTextDescription: palette.inkSoft,
      colorTextPlaceholder: mode === "dark" ? "#9ea3aa" : "#6b7079",
      colorTextDisabled: mode === "dark" ? "#9ea3aa" : "#6b7079",
      colorBgBase: palette.surface,
      colorBgLayout: palette.paper,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorBorder: palette.ruleStrong,
      colorBorderSecondary: palette.rule,
      colorSplit: palette.rule,
      motion: !reducedMotion,
      motionDurationFast: "0.05s",
      motionDurationMid: "0.1s",
      motionDurationSlow: "0.15s",
      wireframe: false,
    },
    components: {
      Button: {
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        fontWeight: 500,
        contentFontSize: largePrint ? type.sizeLarge : type.size,
      },
      Select: { optionSelectedBg: palette.accentSoft, optionSelectedColor: palette.ink },
      Modal: { titleFontSize: largePrint ? 23 : 18 },
    },
  };
}
