/// The page's only style sheet: light and dark, narrow and wide, screen and paper.
enum PageStyle {
  static let css = """
    :root{color-scheme:light dark;--text:#1d2329;--soft:#57606a;--back:#fff;--card:#f6f8fa;--line:#d0d7de;--passed:#1a7f37;--failed:#cf222e;--error:#8250df;--skipped:#9a6700;--pending:#d4a72c;--firing:#cf222e}
    @media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9da7b1;--back:#0d1117;--card:#161b22;--line:#30363d;--passed:#3fb950;--failed:#ff7b72;--error:#d2a8ff;--skipped:#d29922;--pending:#bb8009;--firing:#f85149}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:1100px;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);overflow-wrap:anywhere}
    h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.2rem;margin:0}h3{font-size:1rem;margin:0}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.5rem 0}dt{color:var(--soft)}dd{margin:0}
    nav ol{list-style:none;padding:0;margin:1rem 0}nav li{margin:.2rem 0}
    a{color:inherit}.anchor{color:var(--soft);text-decoration:none}a:focus-visible{outline:2px solid var(--soft);outline-offset:2px}
    section{border:1px solid var(--line);border-radius:8px;padding:1rem;margin:1rem 0}
    .meta,.muted{color:var(--soft)}.meta{margin:.2rem 0 .8rem;font-size:.9rem}
    .verdict{font-size:.8em;font-weight:600;border:1px solid;border-radius:1em;padding:.05em .6em;white-space:nowrap}
    .verdict.passed{color:var(--passed)}.verdict.failed{color:var(--failed)}.verdict.error{color:var(--error)}.verdict.skipped{color:var(--skipped)}
    .problem{border-left:4px solid var(--failed);background:var(--card);padding:.6rem .8rem;margin:.6rem 0;border-radius:0 6px 6px 0}.problem p{margin:.3rem 0}
    pre{white-space:pre-wrap;font-size:.85rem;margin:.4rem 0;color:var(--soft)}
    .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
    summary{cursor:pointer;margin:.4rem 0}.checks{margin:.2rem 0;font-size:.9rem;padding-left:1.2rem}
    .timeline{margin:.5rem 0;overflow-x:auto}.timeline svg{width:100%;min-width:340px;height:auto;display:block}
    svg text{font:11px system-ui,sans-serif;fill:var(--soft)}.grid{stroke:var(--line);stroke-width:1}
    .pending{fill:var(--pending)}.firing{fill:var(--firing)}.step{fill:var(--soft)}.note.resolved{fill:var(--passed)}
    .window{fill-opacity:.45}.window.passed{fill:var(--passed)}.window.failed{fill:var(--failed)}.window.error{fill:var(--error)}.window.skipped{fill:var(--skipped)}
    @media print{body{max-width:none}section{break-inside:avoid}details{display:block}}
    """
}
