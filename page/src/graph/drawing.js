// The picture of a model: sigma draws it with WebGL, ForceAtlas2 (Jacomy et al. 2014) lays it out in a worker.

import Sigma from 'sigma';
import ForceAtlas2 from 'graphology-layout-forceatlas2/worker';
import { inferSettings } from 'graphology-layout-forceatlas2';
import { categoryColour, colourOf, passes } from './model.js';
import { drawHull } from './hulls.js';

const kLayoutMilliseconds = { few: 2500, many: 9000 };
const kMany = 2000;
const kSmall = 0.4;  // the size of nodes when there are many

const kLongestLabel = 28;  // characters; the card of a concept has all of it
const shortened = (label) => (label.length > kLongestLabel ? `${label.slice(0, kLongestLabel - 1)}…` : label);

const styleOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Drawing {
  /** calls: {onNode(id or null), onFrame(milliseconds between two frames)} */
  constructor(container, model, calls) {
    this.model = model;
    this.calls = calls;
    this.filters = { without: new Set(), withoutThoughts: new Set(), withoutEdges: new Set(), only: null, least: 1, until: Infinity, all: false };
    this.selected = null;
    this.hovered = null;
    this.groups = new Map();
    this.readColours();
    this.sigma = new Sigma(model.graph, container, {
      allowInvalidContainer: true,
      defaultEdgeType: 'line',
      renderEdgeLabels: false,
      labelDensity: 0.6,
      labelGridCellSize: 80,
      labelRenderedSizeThreshold: 5,
      labelFont: 'system-ui, sans-serif',
      labelSize: 13,
      labelColor: { color: this.colours.text },
      hideEdgesOnMove: model.graph.order > kMany,
      hideLabelsOnMove: model.graph.order > kMany,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      zIndex: true,
      nodeReducer: (id, node) => this.nodeNow(id, node),
      edgeReducer: (id, edge) => this.edgeNow(id, edge),
      defaultDrawNodeHover: (context, node, settings) => this.drawHover(context, node, settings),
    });
    this.under = document.createElement('canvas');
    this.under.className = 'hulls';
    this.under.setAttribute('aria-hidden', 'true');
    container.prepend(this.under);
    this.sigma.on('clickNode', ({ node }) => this.select(node));
    this.sigma.on('clickStage', () => this.select(null));
    this.sigma.on('enterNode', ({ node }) => this.hover(node));
    this.sigma.on('leaveNode', () => this.hover(null));
    this.sigma.on('afterRender', () => this.drawUnder());
  }

  readColours() {
    this.colours = { text: styleOf('--text'), faint: styleOf('--edge'), ground: styleOf('--ground'), accent: styleOf('--accent') };
  }

  /** Again after the theme changed. */
  recolour() {
    this.readColours();
    this.sigma.setSetting('labelColor', { color: this.colours.text });
    this.refresh();
  }

  nodeNow(id, node) {
    const isNear = this.near === null || this.near.has(id);
    return {
      ...node,
      size: this.model.graph.order > kMany ? node.size * kSmall : node.size,
      hidden: !passes(id, node, this.filters) && id !== this.selected,
      color: isNear ? colourOf(node) : this.colours.faint,
      label: isNear ? shortened(node.label) : '',
      forceLabel: id === this.selected || (this.near?.size < 25 && isNear),
      highlighted: id === this.selected,
      zIndex: isNear ? 1 : 0,
    };
  }

  edgeNow(id, edge) {
    const graph = this.model.graph;
    const isNear = this.near === null || graph.hasExtremity(id, this.selected ?? this.hovered);
    return {
      ...edge,
      hidden: this.filters.withoutEdges.has(edge.kind) || (this.near !== null && !isNear),
      color: this.near !== null && isNear ? this.colours.accent : this.colours.faint,
      type: edge.kind === 'part-of' ? 'arrow' : 'line',
    };
  }

  /** The concepts to which the eye is drawn: the selected or hovered one and its neighbours; null for all. */
  get near() {
    const centre = this.selected ?? this.hovered;
    if (centre === null || !this.model.graph.hasNode(centre)) return null;
    if (this.nearOf !== centre || this.nearOrder !== this.model.graph.size) {
      this.nearOf = centre;
      this.nearOrder = this.model.graph.size;
      this.nearSet = new Set([centre, ...this.model.graph.neighbors(centre)]);
    }
    return this.nearSet;
  }

  drawHover(context, node, settings) {
    const size = settings.labelSize;
    context.font = `600 ${size}px ${settings.labelFont}`;
    const width = node.label ? context.measureText(node.label).width + node.size + 14 : 0;
    context.fillStyle = this.colours.ground;
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(node.x, node.y, node.size + 3, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    if (!node.label) return;
    context.beginPath();
    context.roundRect(node.x + node.size + 4, node.y - size / 2 - 5, width - node.size, size + 10, 6);
    context.fill();
    context.stroke();
    context.fillStyle = this.colours.text;
    context.fillText(node.label, node.x + node.size + 10, node.y + size / 3);
  }

  drawUnder() {
    const { width, height } = this.sigma.getDimensions();
    const scale = window.devicePixelRatio || 1;
    if (this.under.width !== Math.round(width * scale) || this.under.height !== Math.round(height * scale)) {
      this.under.width = Math.round(width * scale);
      this.under.height = Math.round(height * scale);
    }
    const context = this.under.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const points = (ids) =>
      ids
        .filter((id) => this.model.graph.hasNode(id) && passes(id, this.model.graph.getNodeAttributes(id), this.filters))
        .map((id) => this.sigma.graphToViewport(this.model.graph.getNodeAttributes(id)))
        .map(({ x, y }) => [x, y]);
    if (this.model.graph.order <= kMany)
      for (const [category, ids] of this.groups)
        drawHull(context, points(ids), { colour: categoryColour(category), padding: 16, alpha: 0.1 });
    const centre = this.selected ?? this.hovered;
    if (centre === null || !this.model.graph.hasNode(centre)) return;
    for (let depth = 3; depth > 0; --depth) {
      const nest = this.model.nest(centre, depth);
      if (nest.length > 1) drawHull(context, points(nest), { colour: this.colours.accent, padding: 10 + 7 * depth, alpha: 0.09 });
    }
  }

  select(id) {
    this.selected = id;
    this.calls.onNode(id);
    this.refresh();
  }

  hover(id) {
    this.hovered = id;
    if (this.selected === null && this.model.graph.order <= kMany) this.refresh();
  }

  filter(filters) {
    Object.assign(this.filters, filters);
    this.refresh();
  }

  refresh() {
    this.sigma.refresh({ skipIndexation: false });
  }

  /** After concepts came or went: lays out for a while. `still` keeps the concepts that were there where they are. */
  settle() {
    this.groups = this.model.categories();
    const order = this.model.graph.order;
    this.sigma.setSetting('hideEdgesOnMove', order > kMany);
    this.sigma.setSetting('hideLabelsOnMove', order > kMany);
    this.stop();
    if (order < 2) return this.refresh();
    const settings = { ...inferSettings(this.model.graph), barnesHutOptimize: order > 500, gravity: 1, slowDown: 6, adjustSizes: false };
    this.layout = new ForceAtlas2(this.model.graph, { settings, getEdgeWeight: 'weight' });
    this.layout.start();
    this.timer = setTimeout(() => this.stop(), order > kMany ? kLayoutMilliseconds.many : kLayoutMilliseconds.few);
    this.calls.onLayout(true);
  }

  stop() {
    clearTimeout(this.timer);
    if (!this.layout) return;
    this.layout.kill();
    this.layout = null;
    this.calls.onLayout(false);
    if (this.selected !== null) this.focus(this.selected);
  }

  get isSettling() {
    return Boolean(this.layout);
  }

  focus(id) {
    const place = this.sigma.getNodeDisplayData(id);
    if (place) this.sigma.getCamera().animate({ x: place.x, y: place.y, ratio: Math.min(0.5, this.sigma.getCamera().ratio) }, { duration: 300 });
  }

  zoom(factor) {
    const camera = this.sigma.getCamera();
    camera.animate({ ratio: camera.ratio / factor }, { duration: 150 });
  }

  whole() {
    this.sigma.getCamera().animatedReset({ duration: 250 });
  }

  kill() {
    this.stop();
    this.sigma.kill();
    this.under.remove();
  }
}
