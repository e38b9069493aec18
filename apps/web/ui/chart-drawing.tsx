import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import type { ChartProps } from "./chart.tsx";
import { usePreferences } from "./preferences.tsx";
import { dark, type as fonts, light, series as seriesColours } from "./tokens.ts";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Draws a chart with echarts (SVG); loaded only on pages that have one. */
export default function ChartDrawing({ kind, series, rows, height, unit }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { theme, largePrint } = usePreferences();
  const navigate = useNavigate();
  // Many names read better down the side than turned on their heads.
  const lying = kind === "bar" && (rows.length > 8 || rows.some((row) => row.label.length > 5));
  const tall = height ?? (lying ? Math.max(160, rows.length * (series.length > 1 ? 40 : 28) + 60) : 260);
  useEffect(() => {
    if (!box.current) return;
    const palette = theme === "dark" ? dark : light;
    const size = largePrint ? 17 : 13;
    const text = { color: palette.inkSoft, fontFamily: fonts.body, fontSize: size };
    const chart = init(box.current, null, { renderer: "svg" });
    const names = {
      type: "category" as const,
      data: rows.map((row) => row.label),
      axisLabel: {
        ...text,
        // A bar without its name says nothing: names of lying bars break into lines, none is left out.
        ...(lying ? { interval: 0 } : { hideOverlap: true }),
        ...(lying ? { width: Math.min(150, box.current.clientWidth * 0.32), overflow: "break" as const } : {}),
      },
      axisLine: { lineStyle: { color: palette.ruleStrong } },
      axisTick: { show: false },
      inverse: lying,
    };
    const values = {
      type: "value" as const,
      axisLabel: text,
      splitLine: { lineStyle: { color: palette.rule } },
      minInterval: 1,
    };
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption({
      animation: !still,
      animationDuration: 150,
      color: [...seriesColours[theme]],
      textStyle: text,
      grid: {
        left: 8,
        right: 32,
        top: series.length > 1 ? 36 : 12,
        bottom: 8,
        outerBoundsMode: "same",
        outerBoundsContain: "axisLabel",
      },
      legend: series.length > 1 ? { top: 0, left: 0, textStyle: text, itemHeight: 10 } : undefined,
      tooltip: {
        trigger: "axis",
        axisPointer: { type: kind === "bar" ? "shadow" : "line" },
        backgroundColor: palette.surface,
        borderColor: palette.rule,
        textStyle: { ...text, color: palette.ink },
        valueFormatter: (value: unknown) =>
          Number.isNaN(Number(value)) ? "—" : `${Number(value).toLocaleString("en-US")}${unit ? ` ${unit}` : ""}`,
      },
      xAxis: lying ? values : names,
      yAxis: lying ? names : values,
      series: series.map((name, at) => ({
        type: kind,
        name,
        data: rows.map((row) => row.values[at] ?? 0),
        barMaxWidth: 22,
        symbolSize: 6,
        label: { show: kind === "bar" && series.length === 1, position: lying ? "right" : "top", ...text },
      })),
    });
    chart.on("click", (event) => {
      const link = rows[event.dataIndex as number]?.link;
      if (link) void navigate(link);
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [kind, series, rows, theme, largePrint, lying, unit, navigate]);
  return <div ref={box} className="chart-box" style={{ height: tall }} />;
}
