// Draws the report's charts from the JSON in #data. Without scripts the page still has its tables and the graph.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dashes = { static: [2, 3], cache: [8, 3], memory: [5, 2, 1, 2], lesion: [10, 3, 2, 3], noema: [] };
  // An arm without a colour of its own has one by its place, if no arm of the page has that one; else dashes tell it.
  const own = ["noema", "static", "cache", "memory", "lesion"];
  const lent = own.filter((arm) => !data.order.includes(arm));
  const others = data.order.filter((arm) => !own.includes(arm));
  const place = (arm) => others.indexOf(arm);
  const colour = (arm) => css("--arm-" + arm) || css("--arm-" + (lent[place(arm)] || "other"));
  const smooth = (values, reach) => values.map((_, i) => {
    const part = values.slice(Math.max(0, i - reach), i + reach + 1);
    return part.reduce((a, b) => a + b, 0) / part.length;
  });
  const points = (x, y) => x.map((v, i) => ({ x: v, y: y[i] }));
  const line = (arm, y, label) => ({
    label: label || arm, data: points(data.arms[arm].lines, y), borderColor: colour(arm), backgroundColor: colour(arm),
    borderDash: dashes[arm] || (place(arm) < lent.length ? [] : [2 + 3 * (place(arm) - lent.length), 3]), borderWidth: arm === data.main ? 2.5 : 1.75, pointRadius: y.length < 3 ? 3 : 0, pointHitRadius: 8,
    tension: 0.15,
  });
  const axis = (title, more) => Object.assign({
    title: { display: true, text: title, color: css("--soft"), font: { size: 12 } },
    grid: { color: css("--line") }, ticks: { color: css("--soft"), maxTicksLimit: 7 },
  }, more);
  let charts = [];

  function draw(id, datasets, y, more) {
    const canvas = document.getElementById(id);
    if (!canvas || datasets.length === 0) return;
    charts.push(new Chart(canvas, {
      type: "line", data: { datasets },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, devicePixelRatio: Math.max(2, window.devicePixelRatio || 1),
        interaction: { mode: "index", intersect: false },
        scales: Object.assign({ x: axis("lines read", { type: "linear", max: longest }), y: axis(y) }, more),
        plugins: { legend: { position: "bottom", labels: { color: css("--ink"), boxWidth: 34, boxHeight: 0, font: { size: 12.5 } } } },
      },
    }));
  }

  const arms = data.order.filter((arm) => data.arms[arm]);
  const longest = Math.max(...arms.map((arm) => data.arms[arm].lines.at(-1)));
  function drawAll() {
    charts.forEach((chart) => chart.destroy());
    charts = [];
    const of = (arm, column) => data.arms[arm][column];
    draw("chart_bleu", arms.map((arm) => line(arm, of(arm, "bleu_so_far"))), "BLEU-4");
    draw("chart_target_bits", arms.map((arm) => line(arm, of(arm, "target_bits_per_char_so_far"))), "bits per character");
    draw("chart_bits", arms.map((arm) => line(arm, of(arm, "bits_per_char_so_far"))), "bits per character");
    if (data.arms.static) {
      const rest = arms.filter((arm) => arm !== "static");
      draw("chart_saved", rest.map((arm) => line(arm, smooth(of(arm, "bits_per_char").map((v, i) => of("static", "bits_per_char")[i] - v), 2))),
        "bits per character saved");
    }
    const perLine = (arm) => smooth(of(arm, "seconds").map((v, i) => 1000 * v / (of(arm, "lines")[i] - (i ? of(arm, "lines")[i - 1] : 0))), 1);
    draw("chart_seconds", arms.map((arm) => line(arm, perLine(arm))), "ms a line", { y: axis("ms a line", { min: 0 }) });
    draw("chart_bytes", arms.map((arm) => line(arm, of(arm, "state_bytes").map((v) => v / 1e6))), "MB", { y: axis("MB", { min: 0 }) });
    const main = data.main;
    if (!data.arms[main]) return;
    const two = (column, label, name, axisId, dash) => Object.assign(line(main, of(main, column), label),
      { borderColor: css(name), backgroundColor: css(name), yAxisID: axisId, borderDash: dash });
    draw("chart_graph", [two("concepts", "concepts", "--arm-noema", "y", []), two("relations", "relations", "--arm-memory", "right", [6, 3])],
      "concepts", { y: axis("concepts", { min: 0 }), right: axis("relations", { position: "right", min: 0, grid: { display: false } }) });
    draw("chart_gain", [two("thoughts", "thoughts", "--arm-lesion", "y", []), two("gain_bits", "claimed gain, bits", "--arm-cache", "right", [6, 3])],
      "thoughts", { y: axis("thoughts", { min: 0 }), right: axis("bits", { position: "right", min: 0, grid: { display: false } }) });
  }

  // A page printed from a dark screen is printed on white: its charts are drawn again in the colours of paper.
  drawAll();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  window.matchMedia("print").addEventListener("change", drawAll);
})();
