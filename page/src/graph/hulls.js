// Outlines around groups of nodes, drawn on a canvas below the graph.

/** The convex hull of points [[x, y]], counter-clockwise (Andrew's monotone chain). O(n log n). */
export function hullOf(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (ordered) => {
    const chain = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** Fills the hull of the points with a rounded border of so many pixels. */
export function drawHull(context, points, { colour, padding, alpha }) {
  const hull = hullOf(points);
  if (hull.length === 0) return;
  context.save();
  context.beginPath();
  context.moveTo(...hull[0]);
  for (const point of hull.slice(1)) context.lineTo(...point);
  context.closePath();
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = padding * 2;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.stroke();
  context.fill();
  context.restore();
}
