import { Button, Dropdown } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link, NavLink, Outlet, useLocation } from "react-router";
import { Choices, Seal } from "./bare-page.tsx";
import { useComposition } from "./composition.ts";
import { GlobalSearch } from "./global-search.tsx";
import { useSession } from "./session.tsx";
import { words as shellWords } from "./shell.words.ts";
import { classes } from "./ui/classes.ts";
import { usePreferences, useWords } from "./ui/preferences.tsx";
import { words } from "./ui/ui.words.ts";
import { type MenuLine, type MenuPage, menuLines, worksOf } from "./web-module.ts";
import "./shell.css";

/** Frame of every console page (框架): who I am and where, the work menu, the search box, then the page. */
export function Shell() {
  const w = useWords(words).shell;
  const location = useLocation();
  const [menuOpen, setMenuOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is the event.
  useEffect(() => {
    setMenuOpen(false);
    if (first.current) {
      first.current = false;
      return;
    }
    // A new page is announced by moving the focus to its heading, as a full page load would.
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [location.pathname]);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {w.skip}
      </a>
      <header className="shell-head">
        <button
          type="button"
          className="shell-burger"
          aria-expanded={menuOpen}
          aria-controls="menu"
          onClick={() => setMenuOpen(!menuOpen)}
        >
          <span aria-hidden="true">☰</span>
          <span className="unseen">{menuOpen ? w.closeMenu : w.openMenu}</span>
        </button>
        <Brand />
        <GrantSwitch />
        <GlobalSearch />
        <Choices>
          <Account />
        </Choices>
      </header>
      <div className="shell-body">
        <nav id="menu" className={classes("shell-menu", menuOpen && "shell-menu-open")} aria-label={w.menu}>
          <Menu />
        </nav>
        <main id="content" ref={main} tabIndex={-1} className="shell-main">
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function Brand() {
  const w = useWords(words);
  return (
    <Link to="/today" className="shell-brand">
      <Seal />
      <span>{w.product}</span>
    </Link>
  );
}

function GrantSwitch() {
  const w = useWords(words);
  const { me, grant, switchTo } = useSession();
  const label = grant ? (
    <>
      <span className="shell-place">{grant.label}</span>
      <span className="shell-role">{w.roles[grant.role]}</span>
    </>
  ) : (
    me.displayName
  );
  if (me.grants.length < 2) {
    return (
      <p className="shell-grant">
        <span className="unseen">{w.shell.actingAs}</span>
        {label}
      </p>
    );
  }
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: grant ? [grant.id] : [],
        items: me.grants.map((one) => ({ key: one.id, label: `${one.label} · ${w.roles[one.role]}` })),
        onClick: ({ key }) => void switchTo(key),
      }}
    >
      <button type="button" className="shell-grant shell-grant-button">
        <span className="unseen">{w.shell.switchGrant}</span>
        {label}
        <span aria-hidden="true">▾</span>
      </button>
    </Dropdown>
  );
}

function Account() {
  const w = useWords(words).shell;
  const s = useWords(shellWords);
  const { me, signOut } = useSession();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "security", label: <Link to="/account">{s.mySecurity}</Link> },
          { key: "out", label: w.signOut, onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text" size="small" aria-label={`${w.account}：${me.displayName}`}>
        {me.displayName} <span aria-hidden="true">▾</span>
      </Button>
    </Dropdown>
  );
}

function Menu() {
  const s = useWords(shellWords);
  const w = useWords(words).shell;
  const { me, hasRole, grant } = useSession();
  const modules = useComposition();
  const { pathname } = useLocation();
  const pages = modules.flatMap((one) => one.pages).filter((page) => hasRole(page.who) && !page.task);
  const entries = worksOf(grant?.role ?? "public")
    .map((work) => ({ work, pages: pages.filter((page) => page.work === work) }))
    .filter((entry) => entry.pages.length > 0);
  const current = bestMatch(pages, pathname);
  return (
    <>
      <ul>
        {entries.map(({ work, pages: below }) => {
          const active = below.some((page) => page === current);
          const first = below[0] as MenuPage;
          return (
            <li key={work}>
              <NavLink
                to={first.to}
                className={classes("shell-work", active && "shell-work-active")}
                aria-current={active && below.length === 1 ? "page" : undefined}
              >
                {s.works[work]}
              </NavLink>
              {active && below.length > 1 && <Lines lines={menuLines(below)} current={current} />}
            </li>
          );
        })}
      </ul>
      {me.demo && <p className="shell-trial">{w.trial}</p>}
    </>
  );
}

/** Pages of an entry; a part shows its own only while one of them is open, as the entries do. */
function Lines({ lines, current }: { readonly lines: readonly MenuLine[]; readonly current: MenuPage | undefined }) {
  const s = useWords(shellWords);
  return (
    <ul className="shell-pages">
      {lines.map((line) => {
        if ("page" in line) return <PageLine key={line.page.to} page={line.page} current={current} />;
        const active = line.pages.some((page) => page === current);
        return (
          <li key={line.group}>
            <Link to={line.pages[0].to} className={classes(active && "shell-group-active")}>
              {s.groups[line.group]}
            </Link>
            {active && (
              <ul className="shell-group-pages">
                {line.pages.map((page) => (
                  <PageLine key={page.to} page={page} current={current} />
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function PageLine({ page, current }: { readonly page: MenuPage; readonly current: MenuPage | undefined }) {
  const { locale } = usePreferences();
  return (
    <li>
      <Link to={page.to} aria-current={page === current ? "page" : undefined}>
        {page.title[locale]}
      </Link>
    </li>
  );
}

function bestMatch(pages: readonly MenuPage[], pathname: string): MenuPage | undefined {
  return pages
    .filter((page) => pathname === page.to || pathname.startsWith(`${page.to}/`))
    .sort((one, other) => other.to.length - one.to.length)[0];
}
