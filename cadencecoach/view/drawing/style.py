"""The style sheet. Colours after Okabe and Ito (jfly.uni-koeln.de/color, 2008), told apart without colour too.

Light is the default and what is printed; dark where the reader's system asks for it. System fonts: nothing is loaded.
"""

from base64 import b64encode
from hashlib import sha256

_LIGHT = """
--paper:#fff;--ink:#191c20;--quiet:#57606c;--rule:#d5dae0;--grid:#e6e9ed;--card:#f5f6f8;
--cadence:#0072b2;--band:#009e73;--band-fill:#009e7326;--alone:#8a93a0;--alone-fill:#8a93a01f;
--below:#d55e00;--above:#a8487f;--veil:#57606c14;--accent:#0072b2;--amber:#8a5a00
"""
_DARK = """
--paper:#14171b;--ink:#e9edf1;--quiet:#a5afba;--rule:#39414b;--grid:#272d34;--card:#1d2228;
--cadence:#56b4e9;--band:#2fc79a;--band-fill:#2fc79a2e;--alone:#8d97a4;--alone-fill:#8d97a426;
--below:#f0883e;--above:#e08fbd;--veil:#a5afba17;--accent:#56b4e9;--amber:#e6b45a
"""
_SCREEN = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",
    "DejaVu Sans",Arial,sans-serif;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
main,footer{max-width:992px;margin:0 auto;padding:0 16px}
.back{display:inline-flex;align-items:center;min-height:56px;padding:0 16px;color:var(--accent);font-weight:600}
header{padding:20px 0 4px}
h1{font-size:clamp(1.45rem,1.1rem + 1.7vw,2.1rem);line-height:1.2;margin:.35em 0 .4em;font-weight:650;
    text-wrap:balance}
h2{font-size:1.15rem;margin:2.2em 0 .5em;font-weight:650;line-height:1.3}
p{margin:.4em 0}
.lead{font-size:1.04rem;max-width:50em;margin:.3em 0;padding-left:1.15em}
.lead li{margin:.15em 0}
.about,.small,figcaption,footer,.note{color:var(--quiet);font-size:.875rem}
.about{margin:0}
.note{max-width:62em}
.stopped{padding:.3em .6em;border:3px double var(--below);border-radius:6px}
.claim{margin:0 0 .6em;padding:.35em .7em;border-left:4px solid var(--amber);background:var(--card);
    font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:10px;margin:18px 0 8px;
    padding:0;list-style:none}
.facts li{background:var(--card);border-radius:8px;padding:10px 12px;display:flex;flex-direction:column}
.facts b{font-size:1.55rem;line-height:1.25;font-weight:650}
.facts span{color:var(--quiet);font-size:.85rem;line-height:1.35}
.facts b small{font-size:.9rem;font-weight:500}
figure{margin:12px 0 0}
figcaption{margin-top:6px;max-width:62em}
.picture svg{display:block;width:100%;height:auto}
.form-n{max-width:560px;margin:0 auto}
.form-w,.only-narrow,.only-paper{display:none!important}
@media screen and (min-width:700px){
  .form-w{display:block!important}
  .form-n{display:none!important}
}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 18px;margin:8px 0 0;padding:0;font-size:.85rem}
.legend li{display:flex;align-items:center;gap:7px}
.legend svg{flex:none}
table{border-collapse:collapse;width:100%;overflow-wrap:normal;font-size:.9rem;margin:.4em 0}
caption{text-align:left;color:var(--quiet);font-size:.875rem;padding-bottom:.3em}
th,td{padding:6px 10px 6px 0;text-align:right;border-bottom:1px solid var(--rule);vertical-align:baseline}
th{font-weight:600}
thead th{color:var(--quiet);font-size:.8rem;line-height:1.25;vertical-align:bottom}
th:first-child,td:first-child,.words{text-align:left}
tbody th{overflow-wrap:anywhere;min-width:6.5em}
.day{white-space:nowrap}
thead th{max-width:6.2em;hyphens:auto;overflow-wrap:break-word}
tbody td,tfoot td{white-space:nowrap}
.words{white-space:normal!important}
tfoot td,tfoot th{font-weight:650;border-bottom:0}
tbody th{font-weight:500}
td:last-child,th:last-child{padding-right:0}
.tag{display:inline-block;font-size:.75rem;font-weight:600;border:1px dashed var(--quiet);border-radius:4px;
    padding:0 .4em;margin-left:.5em;white-space:nowrap}
dl{display:grid;grid-template-columns:minmax(9em,max-content) 1fr;gap:3px 16px;margin:.4em 0;font-size:.9rem}
dt{color:var(--quiet)}
dd{margin:0}
.defs{font-size:.85rem}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:0 36px}
.next{background:var(--card);border-radius:8px;padding:12px 16px;margin:14px 0}
.next p{margin:.2em 0}
.next h2{margin:0 0 .2em}
footer{margin-top:40px;padding-top:12px;padding-bottom:28px;border-top:1px solid var(--rule)}
"""
_PICTURE = """
svg text{fill:var(--ink);font-family:inherit}
.quiet,.label{fill:var(--quiet)}
svg .strong{fill:var(--ink);font-weight:600}
.halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;fill:var(--ink)}
.grid,.border,.axis{stroke:var(--grid);fill:none}
.border,.axis{stroke:var(--rule)}
.frame{fill:none;stroke:var(--alone)}
.cadence,.target,.baseline,.trend{fill:none;stroke-linecap:round;stroke-linejoin:round}
.cadence{stroke:var(--cadence);stroke-width:1.6}
.trend{stroke:var(--cadence);stroke-width:2.4}
.target{stroke:var(--ink);stroke-width:1.6;stroke-dasharray:7 4;stroke-linecap:butt}
.baseline{stroke:var(--quiet);stroke-width:1.8;stroke-dasharray:.1 4.5}
.band,.helped{fill:var(--band-fill);stroke:var(--band);stroke-width:.8}
.band-alone,.alone{fill:none;stroke:var(--alone)}
.chance{fill:var(--alone-fill);stroke:none}
.below{fill:var(--below)}
.above{fill:var(--above)}
.cue{stroke:var(--quiet);stroke-width:1.2;fill:none}
.pain{fill:var(--below);stroke:var(--paper);stroke-width:.6}
.coached{stroke:var(--alone);stroke-linecap:round;fill:none}
.own{fill:var(--cadence);stroke:var(--paper);stroke-width:.6}
.measured{fill:var(--paper);stroke:var(--ink);stroke-width:1.8}
.sign{stroke:var(--ink);stroke-width:2;fill:none}
.answer{fill:var(--quiet);stroke:none}
.layoff{opacity:.8}
.stem{stroke:var(--below);fill:none}
.bar{fill:var(--cadence);opacity:.55}
.rise{fill:var(--ink)}
.bracket{stroke:var(--ink);stroke-width:1.2;fill:none}
.coached-dot{fill:var(--alone);stroke:none}
.target-mark{stroke:var(--ink);stroke-width:2.4;fill:none}
.mean{fill:var(--cadence);stroke:var(--paper);stroke-width:1.5}
.veil-lost,.veil-walk,.veil-rest{fill:var(--veil)}
.veil-alone{fill:none}
.lost-mark{stroke:var(--ink);stroke-width:1.6;fill:none}
.tile-alone{stroke:var(--alone);stroke-width:1.1;fill:none}
.tile-lost{stroke:var(--quiet);stroke-width:.7;opacity:.75}
.tile-walk{stroke:var(--quiet);stroke-width:1.5;stroke-linecap:round}
.tile-rest{stroke:var(--quiet);stroke-width:.8}
"""
_NARROW = """
@media screen and (max-width:699px){
  .newest tbody tr:nth-child(n+31){display:none}
  .only-narrow{display:block!important}
}
@media screen and (max-width:879px){
  .cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
  .cards,.cards tbody,.cards tfoot{display:block}
  .cards tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(78px,1fr));gap:2px 10px;padding:8px 0;
    border-bottom:1px solid var(--rule)}
  .cards th,.cards td{display:block;text-align:left;border:0;padding:0;white-space:normal!important}
  .cards tr>:first-child{grid-column:1/-1;font-weight:650}
  .cards td::before{content:attr(data-label);display:block;color:var(--quiet);font-size:.7rem;line-height:1.3}
  .cards td.none{display:none}
  .cards td.wide{grid-column:1/-1}
  table:not(.cards) tbody th{min-width:3em}
  dl{grid-template-columns:1fr;gap:0}
  dd{margin-bottom:6px}
}
"""
_PRINT = """
.back{display:none}
body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main,footer{max-width:none;padding:0}
h1{font-size:17pt}
h2{font-size:12pt;margin-top:1.3em;break-after:avoid}
.form-w{display:block!important}
.form-n{display:none!important}
table{font-size:7.5pt}
thead th{font-size:7pt}
tbody th{min-width:4em}
th,td{padding:3px 5px 3px 0}
.two{grid-template-columns:1fr 1fr;gap:0 20px}
.defs,.note,figcaption,.about,dl,.legend,.facts span,footer{font-size:8pt}
.lead{font-size:9.5pt}
figure,table,tr,.facts,.next,dl,h2{break-inside:avoid}
.progress .off-paper,.progress figcaption,.progress .few>:nth-child(n+5),
.progress .newest tbody tr:nth-child(n+6){display:none}
.progress .only-paper{display:block!important}
.progress h1{font-size:11.5pt;margin:.15em 0}
.progress .next h2{font-size:9pt}
.progress .next p+p{display:inline;margin-right:1.2em}
.progress .next .lead{columns:2}
.progress .next p,.progress .next .lead{font-size:8pt;margin:0}
.progress header{padding:0}
.progress h2{font-size:9.5pt;margin:.5em 0 .15em}
.progress .next{padding:4px 10px;margin:6px 0}
.progress .next h2{margin:0}
.progress .facts{margin:6px 0;grid-template-columns:repeat(5,1fr)}
.progress .lead{font-size:8.5pt;line-height:1.25;max-width:none}
.progress dl{font-size:7pt;gap:1px 10px}
.progress p,.progress li,.progress dd,.progress dt{line-height:1.3}
.progress figure{margin:2px 0}
.progress th,.progress td{padding:1.5px 5px 1.5px 0}
.progress .picture svg{width:80%;margin:0 auto}
.progress .legend{margin:2px 0 0;gap:0 14px;font-size:7pt;line-height:1.2}
.progress .note{font-size:7pt;margin-top:1px;max-width:none}
.progress .facts span{font-size:7pt;line-height:1.15}
.progress .facts b{font-size:12pt}
.progress .facts li{padding:3px 7px}
.progress .two{display:block;columns:2;column-gap:20px}
.progress table{font-size:7pt;margin:.1em 0}
.progress thead th{font-size:6.5pt;max-width:9em;line-height:1.1}
.progress .two section{break-inside:avoid;padding-top:.1px}
.progress+footer{margin-top:6px;padding:4px 0 0;font-size:7pt}
.facts{grid-template-columns:repeat(5,1fr);gap:6px}
.facts li{border:1px solid var(--rule);padding:6px 8px}
.facts b{font-size:14pt}
"""
STYLE = f""":root{{color-scheme:light dark;{_LIGHT}}}
@media (prefers-color-scheme:dark){{:root{{{_DARK}}}}}
{_SCREEN}{_PICTURE}{_NARROW}@page{{margin:9mm 13mm}}
@media print{{:root{{{_LIGHT}}}{_PRINT}}}
"""
# Of a picture that is a file of its own.
PICTURE_STYLE = f"""svg{{color-scheme:light dark;{_LIGHT}}}
@media (prefers-color-scheme:dark){{svg{{{_DARK}}}}}
@media print{{svg{{{_LIGHT}}}}}
.paper{{fill:var(--paper)}}{_PICTURE}"""


def hash_of(style: str) -> str:
    """A sheet as a page's policy names it: this one may be used, and no other that somebody got into the page."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
