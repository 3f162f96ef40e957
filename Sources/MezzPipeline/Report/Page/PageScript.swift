/// The page's script: read-outs under the pointer in the charts over time. Written without `<` and `&`, which XML
/// would not take as they are.
enum PageScript {
    static let source = Markup(
        verbatim: """
            (function () {
              var box = document.querySelector('.times');
              if (!box) { return; }
              var frames = Number(box.dataset.frames), rate = box.dataset.rate.split('/');
              var fps = Number(rate[0]) / Number(rate[1]), nominal = Math.max(1, Math.round(fps));
              var starts = box.dataset.shots ? box.dataset.shots.split(',').map(Number) : [];
              var two = function (n) { return String(n).padStart(2, '0'); };
              function code(f) {
                var s = Math.floor(f / nominal);
                return [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60, f % nominal].map(two).join(':');
              }
              function points(path) {
                if (path.known) { return path.known; }
                var list = [], x = 0, y = 0, part, reader = /([MLHV])([\\d.]+)(?: ([\\d.]+))?/g;
                while ((part = reader.exec(path.getAttribute('d')))) {
                  if (part[1] === 'V') { y = Number(part[2]); }
                  else { x = Number(part[2]); if (part[3] !== undefined) { y = Number(part[3]); } }
                  list.push([x, y]);
                }
                path.known = list;
                return list;
              }
              function level(path, x) {
                var list = points(path), a = 0, b = list.length - 1;
                if (!list.length) { return null; }
                var steps = path.getAttribute('d').indexOf('H') > 0;
                while (b - a > 1) { var m = (a + b) >> 1; if (list[m][0] > x) { b = m; } else { a = m; } }
                if (steps) { return list[a][1]; }
                return Math.abs(list[b][0] - x) > Math.abs(list[a][0] - x) ? list[a][1] : list[b][1];
              }
              function value(svg, y) {
                var low = Number(svg.dataset.low), high = Number(svg.dataset.high), s = 1 - y / 1000;
                var v = svg.dataset.scale === 'log' ? low * Math.pow(high / low, s) : low + (high - low) * s;
                var places = Number(svg.dataset.decimals);
                return v.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
              }
              box.querySelectorAll('details').forEach(function (figure) {
                var lanes = Array.from(figure.querySelectorAll('.lane')), out = figure.querySelector('output');
                var lines = lanes.map(function (lane) {
                  var cross = document.createElement('div');
                  cross.className = 'cross';
                  lane.appendChild(cross);
                  return cross;
                });
                function spread() {
                  figure.querySelectorAll('.ra').forEach(function (names) {
                    var shown = Array.from(names.children).filter(function (n) { return n.offsetParent !== null; });
                    var room = names.clientHeight, gap = Math.min(16, room / Math.max(shown.length, 1)), last = -gap;
                    shown.sort(function (a, b) { return a.dataset.top - b.dataset.top; });
                    var tops = shown.map(function (n) {
                      last = Math.max(Number(n.dataset.top), last + gap);
                      return last;
                    });
                    last = room + gap;
                    shown.reverse().forEach(function (n, k) {
                      last = Math.min(tops[tops.length - 1 - k], last - gap);
                      n.style.top = last + 'px';
                    });
                  });
                }
                figure.addEventListener('change', spread);
                figure.querySelectorAll('.ra i').forEach(function (i) { i.dataset.rest = i.textContent; });
                function clear() {
                  lines.forEach(function (c) { c.style.display = 'none'; });
                  figure.querySelectorAll('.ra i').forEach(function (i) { i.textContent = i.dataset.rest; });
                  out.textContent = '';
                }
                function move(event) {
                  var area = lanes[0].querySelector('svg').getBoundingClientRect();
                  var s = (event.clientX - area.left) / area.width;
                  if (0 > s || s >= 1) { clear(); return; }
                  var f = Math.floor(s * frames), shot = 0;
                  starts.forEach(function (start) { if (f >= start) { shot += 1; } });
                  out.textContent = code(f) + '  frame ' + f + (shot ? '  shot ' + shot : '');
                  lanes.forEach(function (lane, n) {
                    var svg = lane.querySelector('svg'), inner = svg.getBoundingClientRect();
                    lines[n].style.display = 'block';
                    lines[n].style.left = (inner.left - lane.getBoundingClientRect().left + s * inner.width) + 'px';
                    var names = lane.querySelectorAll('.ra span');
                    svg.querySelectorAll('.line').forEach(function (path, k) {
                      var y = level(path, s * 2000);
                      if (y !== null) { names[k].querySelector('i').textContent = value(svg, y); }
                    });
                  });
                }
                lanes.forEach(function (lane) {
                  lane.addEventListener('pointermove', move);
                  lane.addEventListener('pointerleave', clear);
                });
              });
            })();
            """)
}
