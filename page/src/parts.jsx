// What several screens are made of.

import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { concept, get, rows } from './api.js';
import { useText } from './i18n.js';

/** Says something for a moment at the foot of the page: say(text, isError). */
export const Saying = createContext(() => {});

/** Loads what `load(signal)` promises, again whenever `keys` change: {value, error, busy, again}. */
export function useLoaded(load, keys) {
  const [state, setState] = useState({ busy: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setState((old) => ({ ...old, busy: true, error: null }));
    load(controller.signal).then(
      (value) => controller.signal.aborted || setState({ value, busy: false }),
      (error) => controller.signal.aborted || setState({ error, busy: false }),
    );
    return () => controller.abort();
  }, [...keys, turn]);
  return { ...state, again: () => setTurn((n) => n + 1) };
}

/** Words for a refusal. */
export function wordsOf(error, t) {
  if (error.status === 0) return t('unreachable');
  return error.whatToDo ? `${error.message}; ${error.whatToDo}` : error.message;
}

const kIcons = {
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  whole: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  again: 'M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7',
  play: 'M8 5v14l11-7z',
  pause: 'M9 5v14M15 5v14',
  close: 'M6 6l12 12M18 6 6 18',
  auto: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
};

export function Icon({ name }) {
  return (
    <svg class="drawn" viewBox="0 0 24 24" aria-hidden="true">
      <path d={kIcons[name]} />
    </svg>
  );
}

export function Fault({ error, again }) {
  const t = useText();
  return (
    <div class="fault" role="alert">
      <p>{wordsOf(error, t)}</p>
      {again && <button onClick={again}>{t('try_again')}</button>}
    </div>
  );
}

export function Empty({ title, children }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

export function Waiting() {
  const t = useText();
  return (
    <p class="waiting" role="status">
      <span class="spinner" aria-hidden="true" />
      {t('loading')}
    </p>
  );
}

export function Loaded({ state, children }) {
  if (state.error) return <Fault error={state.error} again={state.again} />;
  if (state.value === undefined) return <Waiting />;
  return children(state.value);
}

/** A titled part of a screen. With a `state` of useLoaded(), children(value) once it is there. */
export function Panel({ title, state, children }) {
  return (
    <section class="panel">
      <h2>{title}</h2>
      {state ? <Loaded state={state}>{children}</Loaded> : children}
    </section>
  );
}

export function Confidence({ value }) {
  const t = useText();
  return (
    <span class="confidence" title={t('confidence')}>
      <meter min="0" max="1" value={value} aria-label={t('confidence')} />
      {t.percent(value)}
    </span>
  );
}

export const conceptLink = (id) => `#/concept/${encodeURIComponent(id)}`;

/** A concept by its id and label. */
export function ConceptLink({ id, label, children }) {
  return (
    <a class="chip" href={conceptLink(id)}>
      {label || `concept:${id}`}
      {children}
    </a>
  );
}

// --- Words -----------------------------------------------------------------------------------------------------------

const cards = new Map();

async function aboutWord(word, sentence) {
  const key = `${word}\n${sentence}`;
  if (!cards.has(key)) {
    const found = Promise.all([
      get('senses', { word, sentence }).catch(() => ({ senses: [] })),
      rows('SELECT id, kind, label, count FROM concept WHERE active AND label IN ($a, $b) ORDER BY count DESC LIMIT 1', {
        a: word,
        b: word.toLowerCase(),
      }).catch(() => []),
    ]);
    cards.set(key, found);
  }
  return cards.get(key);
}

function WordCard({ word, sentence, id }) {
  const t = useText();
  const [found, setFound] = useState(null);
  useEffect(() => {
    let gone = false;
    aboutWord(word, sentence).then((value) => gone || setFound(value));
    return () => (gone = true);
  }, [word, sentence]);
  const [{ senses }, [known]] = found ?? [{ senses: [] }, []];
  return (
    <span class="word-card" role="tooltip" id={id}>
      <strong>{word}</strong>
      {!found && <span class="quiet">{t('loading')}</span>}
      {found && known && <span class="quiet">{t('mentions', { n: t.number(known.count) })}</span>}
      {found && !known && senses.length === 0 && <span class="quiet">{t('word_new')}</span>}
      {senses.slice(0, 4).map((sense) => (
        <span key={`${sense.sense}.${sense.start}`}>
          {sense.label}
          {sense.probability !== undefined && sense.probability !== null && ` · ${t.percent(sense.probability)}`}
        </span>
      ))}
      {found && known && senses.length === 0 && <span class="quiet">{t('one_sense')}</span>}
    </span>
  );
}

let wordNumber = 0;

function Word({ word, sentence }) {
  const [open, setOpen] = useState(false);
  const timer = useRef(0);
  const id = useRef(`word-${++wordNumber}`).current;
  const later = (value, wait) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(value), wait);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <a
      class="word"
      href={conceptLink(word)}
      aria-describedby={open ? id : undefined}
      onMouseEnter={() => later(true, 250)}
      onMouseLeave={() => later(false, 120)}
      onFocus={() => later(true, 0)}
      onBlur={() => later(false, 0)}
    >
      {word}
      {open && <WordCard word={word} sentence={sentence} id={id} />}
    </a>
  );
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** A text whose words can be asked: their senses on hover and on focus, their concepts on a click. */
export function Words({ text }) {
  return (
    <span class="words" dir="auto">
      {[...segmenter.segment(text)].map((part) =>
        part.isWordLike ? <Word key={part.index} word={part.segment} sentence={text} /> : part.segment,
      )}
    </span>
  );
}

// --- Thoughts --------------------------------------------------------------------------------------------------------

/** A thought with its gain and reason; its evidence on demand; undo. */
export function ThoughtCard({ thought, onUndo }) {
  const t = useText();
  const [sure, setSure] = useState(false);
  const told = thought.told || t('nothing_said');
  return (
    <article class={`thought ${thought.undone ? 'undone' : ''}`}>
      <header>
        <span class="kind">{t.thought(thought.kind)}</span>
        <span class="thought-told" dir="auto">
          {thought.result ? <a href={conceptLink(thought.result.id)}>{told}</a> : told}
        </span>
        <span class="gain">{thought.undone ? t('taken_back') : t('bits', { n: t.number(thought.gain_bits, 1) })}</span>
      </header>
      <p class="quiet">{thought.reason}</p>
      <details>
        <summary>{t('why_evidence', { n: thought.evidence.length })}</summary>
        <ol class="evidence">
          {thought.evidence.map((one) => (
            <li key={one.episode} value={one.episode}>
              <Words text={one.text} />
            </li>
          ))}
        </ol>
        <p class="quiet">
          {t('thought_cost', { n: t.number(thought.candidates), s: t.number(thought.cost_seconds, 3), id: thought.thought })}
        </p>
        {thought.concepts.map((one) => (
          <ConceptLink key={`${one.role}${one.id}`} id={one.id} label={one.label} />
        ))}
      </details>
      <div class="row">
        {onUndo && !thought.undone && (
          <button
            class={sure ? 'danger small' : 'small'}
            onClick={() => (sure ? onUndo(thought) : setSure(true))}
            onBlur={() => setSure(false)}
          >
            {sure ? t('undo_sure') : t('undo')}
          </button>
        )}
        {thought.concepts.length > 0 && <a class="button small" href={`#/graph/thought:${thought.thought}`}>{t('show_in_graph')}</a>}
      </div>
    </article>
  );
}

export function useSaying() {
  return useContext(Saying);
}

export { concept };
