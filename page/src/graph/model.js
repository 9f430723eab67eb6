// The concepts and edges that the graph screen knows, and which of them are shown.

import Graph from 'graphology';

/** Palette of categories: colours that stand apart on light and on dark ground. */
const kCategoryColours = ['#2f7ed8', '#d9822b', '#3a9d5d', '#b0479b', '#c2493d', '#1a9ba1', '#8a6d3b', '#6b5fd0', '#7a8b1e', '#c0557a'];
export const kindColours = { sense: '#5b7fc7', composite: '#d08a2e', schema: '#2f9c95', category: '#a558b8' };
const kOtherColour = '#7d8794';

export const edgeTypes = ['follows', 'part-of', 'instance-of', 'sense-of', 'associates'];

export class Model {
  constructor() {
    this.graph = new Graph({ multi: true, type: 'directed' });
    this.total = 0;
    this.asked = '';  // what the picture as a whole was asked for with
    this.expanded = new Map();  // id -> ids that came with it
  }

  /**
   * Adds an excerpt of the life's graph; new concepts begin near `around`, those that are there stay where they are.
   * Returns the ids that are new.
   */
  add(excerpt, around = null) {
    this.total = excerpt.total;
    const fresh = [];
    const at = around !== null && this.graph.hasNode(around) ? this.graph.getNodeAttributes(around) : { x: 0, y: 0 };
    const spread = around !== null && this.graph.order > 1 ? 0.08 * this.extent() : 100;
    for (const one of excerpt.concepts) {
      const id = String(one.id);
      const told = {
        label: one.label,
        size: 3 + 2.2 * Math.log10(1 + one.count),
        kind: one.kind,
        count: one.count,
        bits: one.bits,
        informative: one.informative,
        since: one.since,
        category: one.category,
        thought: one.thought ?? '',
      };
      if (this.graph.hasNode(id)) {
        this.graph.mergeNodeAttributes(id, told);
        continue;
      }
      const angle = golden(one.id) * 2 * Math.PI;
      const distance = spread * Math.sqrt(golden(one.id * 7 + 3));
      this.graph.addNode(id, {
        x: at.x + distance * Math.cos(angle),
        y: at.y + distance * Math.sin(angle),
        ...told,
      });
      fresh.push(id);
    }
    for (const edge of excerpt.edges) {
      const key = `${edge.type}:${edge.from}:${edge.to}`;
      const from = String(edge.from);
      const to = String(edge.to);
      if (from === to || this.graph.hasEdge(key) || !this.graph.hasNode(from) || !this.graph.hasNode(to)) continue;
      this.graph.addEdgeWithKey(key, from, to, {
        kind: edge.type,
        count: edge.count,
        weight: edge.type === 'follows' ? Math.max(0.2, edge.weight / 4) : 2,
        size: edge.type === 'follows' ? 1 : 2,
      });
    }
    if (around !== null) this.expanded.set(String(around), fresh);
    return fresh;
  }

  /** Takes away what expanding a concept brought, and what hangs on nothing but that. */
  collapse(id) {
    for (const other of this.expanded.get(id) ?? []) {
      if (!this.graph.hasNode(other)) continue;
      this.collapse(other);
      this.graph.dropNode(other);
    }
    this.expanded.delete(id);
  }

  clear() {
    this.graph.clear();
    this.expanded.clear();
  }

  extent() {
    let least = Infinity;
    let most = -Infinity;
    this.graph.forEachNode((_, { x, y }) => {
      least = Math.min(least, x, y);
      most = Math.max(most, x, y);
    });
    return Math.max(1, most - least);
  }

  /** {value: number of concepts} of an attribute: of `kind`, or of `thought`, the kind of thought that made them. */
  counts(attribute) {
    const counts = {};
    this.graph.forEachNode((_, node) => (counts[node[attribute]] = (counts[node[attribute]] ?? 0) + 1));
    return counts;
  }

  newest() {
    let newest = 1;
    this.graph.forEachNode((_, { since }) => (newest = Math.max(newest, since)));
    return newest;
  }

  greatest() {
    let count = 1;
    this.graph.forEachNode((_, one) => (count = Math.max(count, one.count)));
    return count;
  }

  /** {category id: ids of its members that are here}, of those with at least two. */
  categories() {
    const members = new Map();
    this.graph.forEachNode((id, { category }) => {
      if (!category) return;
      if (!members.has(category)) members.set(category, []);
      members.get(category).push(id);
    });
    return new Map([...members].filter(([, ids]) => ids.length > 1));
  }

  /** A whole and its parts, and theirs. */
  nest(id, depth = 3) {
    const all = [id];
    if (depth === 0 || !this.graph.hasNode(id)) return all;
    this.graph.forEachInEdge(id, (_, { kind }, from) => {
      if (kind === 'part-of' && !all.includes(from)) all.push(...this.nest(from, depth - 1));
    });
    return all;
  }
}

export function colourOf(node) {
  if (node.category) return categoryColour(node.category);
  return kindColours[node.kind] ?? kOtherColour;
}

export const categoryColour = (category) => kCategoryColours[category % kCategoryColours.length];

/** A number in [0, 1) that is the same for the same id: the picture of a graph is the same each time. */
function golden(n) {
  return (n * 0.6180339887498949) % 1;
}

/**
 * Whether a node passes the filters: {without: kinds left out, withoutThoughts: likewise kinds of thoughts that made it,
 * only: null or the ids of the concepts of one thought, which pass whatever the rest says, least, until, all}.
 */
export function passes(id, node, filters) {
  if (filters.only) return filters.only.has(id);
  return (
    !filters.without.has(node.kind) &&
    !filters.withoutThoughts.has(node.thought) &&
    node.count >= filters.least &&
    node.since <= filters.until &&
    (filters.all || node.informative)
  );
}
