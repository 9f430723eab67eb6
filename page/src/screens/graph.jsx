// The graph: search, expand, collapse, filter, and the life's time. What is drawn and filtered stays as it is while the page is open.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get, rows } from '../api.js';
import { useText } from '../i18n.js';
import { Empty, Fault, Icon, Waiting, conceptLink, useSaying, wordsOf } from '../parts.jsx';
import { Drawing } from '../graph/drawing.js';
import { Model, edgeTypes, kindColours } from '../graph/model.js';

const kSizes = [100, 300, 1000, 3000, 10000];
const kStepMilliseconds = 120;
const model = new Model();
const kept = new Map();

/** useState, of which the value is there again when the screen is shown again. */
function useKept(name, first) {
  const [value, setValue] = useState(kept.has(name) ? kept.get(name) : first);
  useEffect(() => {
    kept.set(name, value);
  }, [value]);
  return [value, setValue];
}

function Counts({ without, kinds, toggle, colours, named }) {
  const t = useText();
  return (
    <ul class="plain checks">
      {Object.entries(kinds).map(([kind, count]) => (
        <li key={kind}>
          <label>
            <input type="checkbox" checked={!without.has(kind)} onChange={() => toggle(kind)} />
            {colours && <span class="dot" style={{ background: colours[kind] }} aria-hidden="true" />}
            {named(kind)}
            <span class="quiet">{t.number(count)}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

function Card({ id, node, expanded, onExpand, onCollapse, onHide, onClose }) {
  const t = useText();
  return (
    <aside class="node-card" aria-label={node.label}>
      <header>
        <h2 dir="auto">{node.label}</h2>
        <button class="icon" aria-label={t('close')} onClick={onClose}><Icon name="close" /></button>
      </header>
      <p class="quiet">
        {t.kind(node.kind)} · {t('mentions', { n: t.number(node.count) })}
        {node.bits > 0 && ` · ${t('tells', { n: t.number(node.bits, 1) })}`}
      </p>
      {node.since > 0 && <p class="quiet">{t('since_input', { n: t.number(node.since) })}</p>}
      <div class="row wrap">
        <button class="primary small" onClick={onExpand}>{t('expand')}</button>
        {expanded && <button class="small" onClick={onCollapse}>{t('collapse')}</button>}
        <button class="small" onClick={onHide}>{t('hide')}</button>
        <a class="button small" href={conceptLink(id)}>{t('open')}</a>
      </div>
    </aside>
  );
}

/** A slider over inputs 1 .. newest, with the date of the input it stands at. */
function TimeSlider({ newest, until, set }) {
  const t = useText();
  const [playing, setPlaying] = useState(false);
  const [date, setDate] = useState('');
  const at = Math.min(until, newest);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(
      () => set((old) => {
        const next = Math.min(old, newest) + Math.max(1, Math.round(newest / 80));
        if (next >= newest) setPlaying(false);
        return next >= newest ? Infinity : next;
      }),
      kStepMilliseconds,
    );
    return () => clearInterval(timer);
  }, [playing, newest]);
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(
      () =>
        rows('SELECT time FROM episode WHERE id = $id', { id: at }, 1, controller.signal)
          .then(([row]) => row && setDate(row.time))
          .catch(() => {}),
      playing ? 400 : 150,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [at]);
  return (
    <div class="time">
      <button
        class="icon"
        aria-label={playing ? t('pause') : t('play')}
        onClick={() => {
          if (!playing && at >= newest) set(1);
          setPlaying(!playing);
        }}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <input
        type="range"
        min="1"
        max={newest}
        value={at}
        aria-label={t('time_of_life')}
        aria-valuetext={t('up_to_input', { n: at })}
        onInput={(event) => {
          const value = Number(event.currentTarget.value);
          set(value >= newest ? Infinity : value);
        }}
      />
      <span class="time-label">
        {t('up_to_input', { n: t.number(at) })}
        {date && <span class="quiet"> {t.day(date)}</span>}
      </span>
    </div>
  );
}

export function GraphScreen({ around, theme }) {
  const t = useText();
  const say = useSaying();
  const container = useRef(null);
  const drawing = useRef(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(true);
  const [settling, setSettling] = useState(false);
  const [order, setOrder] = useState(model.graph.order);
  const [selected, setSelected] = useState(null);
  const [most, setMost] = useKept('most', 300);
  const [all, setAll] = useKept('all', false);
  const [without, setWithout] = useKept('without', new Set());
  const [withoutThoughts, setWithoutThoughts] = useKept('withoutThoughts', new Set());
  const [withoutEdges, setWithoutEdges] = useKept('withoutEdges', new Set());
  const [only, setOnly] = useKept('only', null);  // {thought, kind, ids}: the concepts of one thought
  const [least, setLeast] = useKept('least', 0);
  const [until, setUntil] = useKept('until', Infinity);
  const [panel, setPanel] = useState(window.innerWidth > 800);
  const [cue, setCue] = useState('');

  useEffect(() => {
    const own = new Drawing(container.current, model, {
      onNode: setSelected,
      onLayout: setSettling,
    });
    drawing.current = own;
    window.noemaDrawing = own;  // for script/page_check, which measures frames
    return () => own.kill();
  }, []);

  /** Adds what the server gives. Of the graph as a whole, another question than the last begins a new picture. */
  const load = async (args, near = null) => {
    setBusy(true);
    setError(null);
    try {
      const excerpt = await get('graph', args);
      const isNew = near === null && model.asked !== JSON.stringify(args);
      if (isNew && model.asked) {
        model.clear();
        setSelected(null);
        drawing.current.selected = drawing.current.hovered = null;
      }
      if (isNew) model.asked = JSON.stringify(args);
      const fresh = model.add(excerpt, near);
      setOrder(model.graph.order);
      if (fresh.length > 0) drawing.current.settle();
      else drawing.current.refresh();
      if (isNew) drawing.current.whole();
      return excerpt;
    } catch (fault) {
      if (near === null && !args.around) setError(fault);
      else say(wordsOf(fault, t), true);
      return null;
    } finally {
      setBusy(false);
    }
  };

  useEffect(() => {
    if (around.startsWith('thought:')) showThought(around);
    else if (around) find(around);
    else load({ limit: most, all });
  }, [most, all, around]);
  useEffect(() => {
    drawing.current.filter({ without, withoutThoughts, withoutEdges, only: only?.ids ?? null, least: Math.round(10 ** least), until, all });
  }, [without, withoutThoughts, withoutEdges, only, least, until, all, order]);
  useEffect(() => drawing.current.recolour(), [theme]);

  const find = async (name) => {
    const wanted = name.trim().toLowerCase();
    if (!wanted) return;
    let id = model.graph.findNode((_, node) => node.label.toLowerCase() === wanted);
    if (!id) {
      const excerpt = await load({ around: name.trim(), limit: 30 }, 0);
      id = excerpt && String(excerpt.concepts[0]?.id);
      if (id) model.expanded.set(id, []);
    }
    if (!id || !model.graph.hasNode(id)) return;
    drawing.current.select(id);
    if (!drawing.current.isSettling) drawing.current.focus(id);
  };
  /** Leaves the concepts of one thought alone. */
  const showThought = async (name) => {
    try {
      const thought = await get('thought', { thought: name });
      for (const one of thought.concepts) await load({ around: `concept:${one.id}`, limit: 10, all: true }, 0);
      setOnly({ thought: name, kind: thought.kind, ids: new Set(thought.concepts.map((one) => String(one.id))) });
      drawing.current.whole();
    } catch (fault) {
      setBusy(false);
      say(wordsOf(fault, t), true);
    }
  };
  const showAll = () => {
    setOnly(null);
    if (around) location.hash = '#/graph';
  };
  const expand = (id) => load({ around: `concept:${id}`, limit: 25, all }, id);
  const collapse = (id) => {
    model.collapse(id);
    setOrder(model.graph.order);
    drawing.current.settle();
  };
  const hide = (id) => {
    drawing.current.select(null);
    model.graph.dropNode(id);
    setOrder(model.graph.order);
    drawing.current.refresh();
  };
  const toggled = (set, name) => {
    const next = new Set(set);
    if (!next.delete(name)) next.add(name);
    return next;
  };

  const kinds = useMemo(() => model.counts('kind'), [order, busy]);
  const thoughts = useMemo(() => model.counts('thought'), [order, busy]);
  const edges = useMemo(() => {
    const counts = {};
    model.graph.forEachEdge((_, { kind }) => (counts[kind] = (counts[kind] ?? 0) + 1));
    return Object.fromEntries(edgeTypes.filter((type) => counts[type]).map((type) => [type, counts[type]]));
  }, [order, busy]);
  const node = selected !== null && model.graph.hasNode(selected) ? model.graph.getNodeAttributes(selected) : null;

  return (
    <div class="graph">
      <h1 class="hidden">{t('graph')}</h1>
      <div class="graph-bar">
        <form
          class="search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            find(cue);
          }}
        >
          <label class="hidden" for="find">{t('find_concept')}</label>
          <input id="find" type="search" value={cue} placeholder={t('find_concept')} onInput={(event) => setCue(event.currentTarget.value)} data-shortcut="/" />
          <button>{t('find')}</button>
        </form>
        <button aria-expanded={panel} aria-controls="filters" onClick={() => setPanel(!panel)}>{t('filters')}</button>
      </div>
      <div class="graph-body">
        <div class="canvas" ref={container} role="img" aria-label={t('graph_picture', { n: t.number(order) })} />
        {panel && (
          <aside class="filters" id="filters" aria-label={t('filters')}>
            <label class="field">
              {t('concepts_shown')}
              <select value={most} onChange={(event) => setMost(Number(event.currentTarget.value))}>
                {kSizes.map((size) => (
                  <option key={size} value={size}>{t('at_most', { n: t.number(size) })}</option>
                ))}
              </select>
            </label>
            <p class="quiet">{t('of_total', { n: t.number(order), total: t.number(model.total) })}</p>
            {only && (
              <p>
                {t('only_thought', { thought: only.thought, kind: t.thought(only.kind) })}{' '}
                <button class="small" onClick={showAll}>{t('show_all')}</button>
              </p>
            )}
            <label class="check">
              <input type="checkbox" checked={all} onChange={() => setAll(!all)} />
              {t('show_uninformative')}
            </label>
            <label class="field">
              {t('least_mentions', { n: t.number(Math.round(10 ** least)) })}
              <input type="range" min="0" max={Math.log10(model.greatest())} step="0.05" value={least} onInput={(event) => setLeast(Number(event.currentTarget.value))} />
            </label>
            <fieldset>
              <legend>{t('kinds')}</legend>
              <Counts without={without} kinds={kinds} colours={kindColours} named={t.kind} toggle={(kind) => setWithout(toggled(without, kind))} />
            </fieldset>
            <fieldset>
              <legend>{t('made_by')}</legend>
              <Counts without={withoutThoughts} kinds={thoughts} named={(kind) => (kind ? t.thought(kind) : t('the_inputs'))} toggle={(kind) => setWithoutThoughts(toggled(withoutThoughts, kind))} />
            </fieldset>
            <fieldset>
              <legend>{t('edges')}</legend>
              <Counts without={withoutEdges} kinds={edges} named={t.kind} toggle={(kind) => setWithoutEdges(toggled(withoutEdges, kind))} />
            </fieldset>
          </aside>
        )}
        <div class="graph-tools">
          <button class="icon" aria-label={t('zoom_in')} onClick={() => drawing.current.zoom(1.5)}><Icon name="plus" /></button>
          <button class="icon" aria-label={t('zoom_out')} onClick={() => drawing.current.zoom(1 / 1.5)}><Icon name="minus" /></button>
          <button class="icon" aria-label={t('whole_graph')} onClick={() => drawing.current.whole()}><Icon name="whole" /></button>
          <button class="icon" aria-pressed={settling} aria-label={settling ? t('stop_layout') : t('start_layout')} onClick={() => (settling ? drawing.current.stop() : drawing.current.settle())}>
            <Icon name={settling ? 'pause' : 'again'} />
          </button>
        </div>
        {node && (
          <Card
            id={selected}
            node={node}
            expanded={model.expanded.has(selected)}
            onExpand={() => expand(selected)}
            onCollapse={() => collapse(selected)}
            onHide={() => hide(selected)}
            onClose={() => drawing.current.select(null)}
          />
        )}
        {busy && <div class="over"><Waiting /></div>}
        {error && <div class="over"><Fault error={error} again={() => load({ limit: most, all })} /></div>}
        {!busy && !error && order === 0 && <div class="over"><Empty title={t('empty_graph')}>{t('empty_graph_help')}</Empty></div>}
      </div>
      <TimeSlider newest={model.newest()} until={until} set={setUntil} />
    </div>
  );
}
