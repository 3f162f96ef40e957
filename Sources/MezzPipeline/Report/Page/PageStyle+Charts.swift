extension PageStyle {
    static let strip = """
        .overview{display:block;width:100%;height:22px;margin-bottom:8px}
        .overview rect{fill:color-mix(in oklab,var(--c0) 38%,var(--bg))}
        .overview a:nth-of-type(even) rect{fill:color-mix(in oklab,var(--c0) 18%,var(--bg))}
        .overview a:hover rect,.overview a:focus rect{fill:var(--c0)}
        .strip{overflow-x:auto;padding-bottom:8px}
        .strip ol{display:flex;list-style:none;margin:0;padding:0}
        .strip li{flex:0 1 0;min-width:90px;padding:0 5px 0 0;overflow:hidden;font-size:12px;line-height:1.4;
          scroll-margin:0 40px}
        .strip li>span{display:block;white-space:nowrap}
        .strip .pic,.strip .blank{height:86px;margin-bottom:4px;border-radius:3px;overflow:hidden;
          background:var(--panel)}
        .strip img{height:86px;width:100%;max-width:153px;object-fit:cover;display:block}
        .strip .bar{height:14px;border-radius:3px;margin-bottom:4px;background:color-mix(in oklab,var(--c0) 25%,
          var(--bg))}
        .strip .shot .mark{fill:var(--soft);margin:0 2px 0 4px}
        .strip .tc,.strip .dur{color:var(--soft)}
        .strip li:target b{color:var(--link)}
        .strip li:target .pic,.strip li:target .bar{outline:2px solid var(--link);outline-offset:-2px}
        """

    static let charts = """
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:12px 28px}
        .plots.p1{max-width:980px}
        .plots.p1 .rq{min-width:600px}
        .plots.p2{grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr))}
        figure{margin:0;overflow-x:auto;overflow-y:hidden}
        figcaption{font-weight:600}
        figcaption small{font-weight:400}
        .rq{display:block;width:100%;min-width:340px;height:auto}
        .rq text{font-size:12px;fill:var(--fg)}
        .rq .t{fill:var(--soft)}
        .e{text-anchor:end}
        .m{text-anchor:middle}
        .grid{stroke:var(--grid);fill:none;vector-effect:non-scaling-stroke}
        .axis{stroke:var(--soft);fill:none}
        .cloud use{fill:var(--c);opacity:.4}
        .cloud.sparse use{opacity:.9}
        .guess,.cloud .guess{fill:none;stroke:var(--c,currentColor)}
        .curve{fill:none;stroke:var(--c);stroke-width:1.3}
        .hull{fill:none;stroke:var(--fg);stroke-width:5;opacity:.16;stroke-linecap:round;stroke-linejoin:round}
        .rung use{fill:var(--c);stroke:var(--bg);stroke-width:1.2}
        .rung text{font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:3.5px;stroke-linejoin:round}
        .swatch{width:24px;height:12px;vertical-align:-1px;fill:var(--fg)}
        .legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:10px 0 0}
        .time{margin-top:14px;border-top:1px solid var(--line);padding-top:6px}
        .time>summary{font-size:15px}
        .time output{font-weight:400;font-size:13px;color:var(--soft);margin-left:14px;white-space:pre}
        .boxes{display:flex;flex-wrap:wrap;gap:2px 18px;margin:2px 0 8px}
        .boxes label{display:inline-flex;align-items:center;gap:4px;cursor:pointer}
        .boxes input{margin:0 3px 0 0;accent-color:var(--link)}
        .boxes .mark{margin-right:1px}
        .lane-head{margin:6px 0 8px}
        .lane{position:relative;display:grid;grid-template-columns:52px 1fr 104px;margin-bottom:18px}
        .lane svg{width:100%;height:100%;min-height:0;display:block;grid-column:2;border-bottom:1px solid var(--soft)}
        .lane path{fill:none;vector-effect:non-scaling-stroke}
        .ya,.ra{position:relative;font-size:12px;color:var(--soft)}
        .ya span{position:absolute;right:8px;transform:translateY(-50%)}
        .ra span{position:absolute;left:8px;transform:translateY(-50%);white-space:nowrap;line-height:16px}
        .ra b{font-weight:600;color:var(--c)}
        .ra i{font-style:normal;color:var(--fg)}
        .lane .cuts{stroke:var(--soft);opacity:.28}
        .lane .line{stroke:var(--c);stroke-width:1.25;stroke-linejoin:round}
        .lane .low{stroke:var(--c);stroke-width:1;opacity:.38}
        .lane .goal{stroke:var(--c);stroke-dasharray:5 4;opacity:.75}
        .alt .line{stroke:color-mix(in oklab,var(--c) 66%,var(--fg))}
        .alt b{color:color-mix(in oklab,var(--c) 66%,var(--fg))}
        .cross{position:absolute;top:0;bottom:0;width:1px;background:var(--fg);opacity:.55;pointer-events:none;
          display:none}
        .xa{position:relative;height:20px;margin:-12px 104px 4px 52px;font-size:12px;color:var(--soft)}
        .xa span{position:absolute;transform:translateX(-50%)}
        """

    static let small = """
        @media (max-width:640px){
          main{padding:18px 14px 32px}
          h1{font-size:20px}
          .tile{flex-basis:40%}
          .tile strong{font-size:18px}
          .facts div{grid-template-columns:80px 1fr}
          .findings li{grid-template-columns:1fr}
          .place{text-align:left}
          .place span{display:inline;margin-right:8px}
          .lane{grid-template-columns:38px 1fr 62px}
          .xa{margin:-12px 62px 4px 38px}
          .xa .odd{display:none}
          .ra b{display:none}
          .ra i{color:var(--c)}
          .ya span{right:5px}
          .stack span{display:none}
        }
        @media print{
          main{max-width:none;padding:0}
          nav,.boxes{display:none}
          section{break-inside:avoid-page;margin-top:24px}
          .scroll,.strip{overflow:visible}
          body{font-size:11px}
          table,thead th{font-size:9.5px}
          th,td{padding-right:8px}
          table code,table small{font-size:9px}
          .ladder .wide{display:none}
          .tile strong{font-size:16px}
          .strip ol{flex-wrap:wrap;min-width:0!important}
          *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        }
        """
}
