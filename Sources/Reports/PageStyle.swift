/// The page's one style sheet: no font, image or sheet comes from elsewhere.
enum PageStyle {
  static var text: String {
    """
    :root{color-scheme:light dark;\(Palette.variables { $0.light })}
    @media (prefers-color-scheme:dark){:root{\(Palette.variables { $0.dark })}}
    \(layout)
    \(parts)
    \(timeline)
    \(media)
    """
  }

  private static let layout = """
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem}
    body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
    header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
    header{padding-top:2rem}
    footer{padding-block:2rem 4rem;color:var(--muted)}
    h1{font-size:clamp(1.5rem,4vw,2.25rem);line-height:1.2;margin:.5rem 0}
    h2{font-size:1.25rem;line-height:1.3;margin:0}
    h3{font-size:1rem;margin:1.5rem 0 .5rem}
    p{margin:.25rem 0}
    a{color:var(--accent)}
    a:focus-visible,button:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    code,pre{font:.875em/1.5 ui-monospace,monospace}
    pre{margin:.25rem 0;padding:.5rem .75rem;background:var(--ground);border:1px solid var(--line);border-radius:.375rem;\
    white-space:pre-wrap;max-height:24rem;overflow-y:auto}
    .muted{color:var(--muted)}
    .skip{position:absolute;left:-100rem}
    .skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem}
    """

  private static let parts = """
    .badge{display:inline-block;font-weight:600;white-space:nowrap;color:var(--tone)}
    header>.badge{font-size:1.125rem;text-transform:uppercase;letter-spacing:.05em}
    .passed{--tone:var(--passed)}.failed{--tone:var(--failed)}.error{--tone:var(--error)}.skipped{--tone:var(--skipped)}
    .stats{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.75rem;margin:1.25rem 0}
    .stats div{background:var(--raised);border-radius:.5rem;padding:.75rem 1rem}
    .stats dt{color:var(--muted);font-size:.875rem}
    .stats dd{margin:0;font-size:1.375rem;font-weight:600;font-variant-numeric:tabular-nums}
    .card{background:var(--raised);border-radius:.5rem;border-left:.375rem solid var(--tone);padding:1.25rem;margin:1.5rem 0}
    .card:target,.check:target{outline:3px solid var(--accent)}
    .check{border:1px solid var(--line);border-left:.25rem solid var(--tone);border-radius:.375rem;\
    padding:.75rem 1rem;margin:.75rem 0;background:var(--ground)}
    .check h3{margin:0 0 .25rem;font-size:1rem}
    .check dl{display:grid;grid-template-columns:6rem 1fr;gap:.25rem .75rem;margin:.5rem 0}
    .check dt{color:var(--muted)}
    .check dd{margin:0}
    .filters{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.5rem 0 0}
    .filters[hidden]{display:none}
    .filters button{font:inherit;color:var(--ink);background:var(--raised);border:1px solid var(--muted);\
    border-radius:2rem;padding:.25rem 1rem;min-height:2.25rem;cursor:pointer}
    .filters button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--ground)}
    [data-filter=failed] article:not(.failed),[data-filter=error] article:not(.error),\
    [data-filter=passed] article:not(.passed),[data-filter=skipped] article:not(.skipped){display:none}
    table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--muted);font-size:.875rem}
    th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--line)}
    th{color:var(--muted);font-weight:600;font-size:.875rem}
    th[scope=row]{color:inherit;font-size:1rem}
    tr:target{outline:2px solid var(--accent)}
    details{margin:.75rem 0}
    summary{cursor:pointer;min-height:1.75rem;font-weight:600}
    td details{margin:0}
    td summary{font-weight:400;color:var(--muted)}
    ol{margin:.25rem 0;padding-left:1.75rem}
    .label{display:inline-block;border:1px solid var(--line);border-radius:.25rem;padding:0 .375rem;margin:0 .25rem .25rem 0;\
    font:.8125rem/1.5 ui-monospace,monospace}
    """

  private static let timeline = """
    figure{margin:1rem 0}
    .picture svg{display:block;max-width:100%;height:auto;border-radius:.375rem}
    @media (prefers-color-scheme:dark){.picture .light{display:none}.picture .dark{display:block}}
    figcaption{color:var(--muted);font-size:.875rem;margin-bottom:.25rem}
    .lane{display:grid;grid-template-columns:minmax(0,18rem) minmax(0,1fr);column-gap:1.5rem;align-items:center;\
    padding:.125rem .75rem .125rem 0}
    .lane-name{font-size:.875rem;line-height:1.3}
    .lane-name a{color:inherit;text-decoration-color:var(--muted)}
    .lane svg{display:block;overflow:visible}
    .lane svg text{font:600 .75rem system-ui,sans-serif;fill:var(--muted);font-variant-numeric:tabular-nums}
    .track{stroke:var(--line);stroke-width:1}
    .when{stroke:var(--accent);stroke-width:1;stroke-dasharray:2 3;opacity:.7}
    .step{fill:var(--accent)}
    .lane svg .step-number{fill:var(--ground)}
    .is-pending{fill:var(--ground);stroke:var(--pending);stroke-width:2;stroke-dasharray:4 2}
    .is-firing{fill:var(--firing);stroke:var(--firing);stroke-width:2}
    .told-firing{fill:var(--firing);stroke:var(--firing);stroke-width:2}
    .told-resolved{fill:var(--ground);stroke:var(--passed);stroke-width:2}
    .window{fill:var(--tone);fill-opacity:.18;stroke:var(--tone);stroke-width:1.5}
    .verdict{fill:none;stroke:var(--tone);stroke-width:2.5}
    .verdict.passed{fill:var(--tone)}
    .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;color:var(--muted);font-size:.8125rem;margin:.5rem 0;padding:0;list-style:none}
    .legend svg{vertical-align:-.2em;margin-right:.375rem;overflow:visible}
    """

  private static let media = """
    @media (max-width:44rem){
    .lane{grid-template-columns:minmax(0,1fr);padding:.25rem .5rem}
    .card{padding:1rem}
    thead{position:absolute;left:-100rem}
    tr{display:block;border-bottom:1px solid var(--line);padding:.375rem 0}
    th[scope=row],td{display:block;border:0;padding:0}
    td[data-label]{display:inline-block;margin-right:1rem}
    td[data-label]::before{content:attr(data-label) " ";color:var(--muted);font-size:.875rem}
    td:empty{display:none}
    .check dl{grid-template-columns:minmax(0,1fr)}
    }
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    @media (forced-colors:active){.card,.check,.stats div{border:1px solid}}
    @media print{.filters,.skip{display:none}.card{break-inside:auto}.check,tr,figure{break-inside:avoid}pre{max-height:none}}
    """
}
