// Curves, drawn by uPlot.

import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export const curveColours = ['#2f7ed8', '#d9822b', '#3a9d5d', '#b0479b', '#c2493d', '#1a9ba1', '#8a6d3b', '#6b5fd0'];

const styleOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const kDigitPixels = 7.5;  // of the axes' font

function axis(label) {
  return {
    label,
    labelSize: label ? 22 : 0,
    stroke: () => styleOf('--quiet'),
    grid: { stroke: () => styleOf('--line'), width: 1 },
    ticks: { stroke: () => styleOf('--line'), width: 1 },
    font: '12px system-ui, sans-serif',
    labelFont: '12px system-ui, sans-serif',
    size: label ? 34 : (_, marks) => 22 + kDigitPixels * Math.max(4, ...(marks ?? []).map((one) => one.length)),
  };
}

/** x: ascending numbers; lines: [{label, values (null: none)}]. As wide as what it stands in. */
export function Chart({ x, lines, xLabel, height = 260, redraw }) {
  const place = useRef(null);
  useEffect(() => {
    const width = () => place.current?.clientWidth || 300;
    const plot = new uPlot(
      {
        width: width(),
        height,
        scales: { x: { time: false } },
        axes: [axis(xLabel), axis('')],
        series: [
          { label: xLabel },
          ...lines.map((line, i) => ({ label: line.label, stroke: curveColours[i % curveColours.length], width: 2, spanGaps: true, points: { show: x.length < 25 } })),
        ],
        legend: { show: lines.length > 1 },
      },
      [x, ...lines.map((line) => line.values)],
      place.current,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: width(), height }));
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [x, lines, height, redraw]);
  const last = lines.map((line) => `${line.label}: ${line.values.at(-1)}`).join('; ');
  return <div class="chart" ref={place} role="img" aria-label={last} />;
}
