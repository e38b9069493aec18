import type { ReactNode } from "react";
import { addressOf, dateText, placeOf, textsOf, type View } from "./view.ts";

const sections = [
  ["home", "/"],
  ["search", "/search"],
  ["lists", "/lists"],
  ["statistics", "/statistics"],
  ["donations", "/donations"],
  ["verify", "/verify"],
  ["openData", "/open-data"],
  ["complaint", "/complaints/new"],
] as const;

/** The frame of every page of the portal (页面框架): skip link, masthead, sections, content, foot. No script anywhere. */
export function Page({ view, title, children }: { view: View; title: string; children: ReactNode }) {
  const texts = textsOf(view);
  const site = texts.site({ place: placeOf(view) });
  const current = (path: string) => (path === "/" ? view.path === "/" : view.path.startsWith(path.replace("/new", "")));
  return (
    <html lang={view.locale === "zh" ? "zh-CN" : "en"} data-print={view.large ? "large" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === site ? site : `${title} - ${site}`}</title>
        <meta name="description" content={site} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/portal.css" />
      </head>
      <body>
        <a className="skip" href="#content">
          {texts.skip}
        </a>
        <header className="masthead">
          <div className="wide top">
            <a className="brand" href="/">
              {site}
            </a>
            <p className="display">
              <a
                href={addressOf(view, { lang: view.locale === "zh" ? "en" : "zh" })}
                lang={view.locale === "zh" ? "en" : "zh-CN"}
                hrefLang={view.locale === "zh" ? "en" : "zh-CN"}
              >
                {texts.language}
              </a>
              <a href={addressOf(view, { print: view.large ? "normal" : "large" })}>
                {view.large ? texts.normalPrint : texts.largePrint}
              </a>
            </p>
          </div>
          {view.demo ? <p className="demo wide">{texts.demo}</p> : null}
          <nav className="wide" aria-label={texts.navigation}>
            <ul>
              {sections.map(([name, path]) => (
                <li key={name}>
                  <a href={path} aria-current={current(path) ? "page" : undefined}>
                    {texts.nav[name]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <main className="wide" id="content" tabIndex={-1}>
          {children}
        </main>
        <footer>
          <div className="wide">
            <p>{texts.foot.source({ date: dateText(view, view.today) })}</p>
            <ul>
              <li>
                <a href="/about">{texts.foot.about}</a>
              </li>
              <li>
                <a href="/regulations">{texts.foot.regulations}</a>
              </li>
              <li>
                <a href="/console/">{texts.console}</a>
              </li>
            </ul>
          </div>
        </footer>
      </body>
    </html>
  );
}
