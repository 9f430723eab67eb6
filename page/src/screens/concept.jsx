// A concept: what it is called, what it means, what it is part of, what is known of it, and how it came to be.

import { useEffect, useState } from 'preact/hooks';
import { concept, get, post, rows } from '../api.js';
import { useText } from '../i18n.js';
import { ConceptLink, Empty, Fault, Loaded, Panel, ThoughtCard, Words, conceptLink, useLoaded, useSaying, wordsOf } from '../parts.jsx';

function Search({ name }) {
  const t = useText();
  const [cue, setCue] = useState(name);
  useEffect(() => setCue(name), [name]);
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (cue.trim()) location.hash = conceptLink(cue.trim());
      }}
    >
      <label class="hidden" for="concept">{t('find_concept')}</label>
      <input id="concept" type="search" value={cue} placeholder={t('find_concept')} onInput={(event) => setCue(event.currentTarget.value)} data-shortcut="/" />
      <button class="primary">{t('find')}</button>
    </form>
  );
}

function Chips({ title, list }) {
  const t = useText();
  if (!list?.length) return null;
  return (
    <Panel title={title}>
      <p class="chips">
        {list.map((one) => (
          <ConceptLink key={one.id} id={one.id} label={one.label}>
            <span class="quiet"> {t.number(one.count)}</span>
          </ConceptLink>
        ))}
      </p>
    </Panel>
  );
}

/** A text in which a word is marked where it stands first. */
function Marked({ text, word }) {
  const begin = text.toLowerCase().indexOf(word.toLowerCase());
  if (begin < 0) return <span dir="auto">{text}</span>;
  const end = begin + word.length;
  return (
    <span dir="auto">
      {text.slice(0, begin)}
      <mark>{text.slice(begin, end)}</mark>
      {text.slice(end)}
    </span>
  );
}

function Senses({ word }) {
  const t = useText();
  const state = useLoaded((signal) => get('senses', { word }, signal), [word]);
  return (
    <Panel title={t('senses')} state={state}>
      {({ senses, note }) =>
        senses.length === 0 ? (
          <p class="quiet">{note ?? t('one_sense')}</p>
        ) : (
          <ol class="senses">
            {senses.map((sense) => (
              <li key={sense.sense}>
                <strong dir="auto">{sense.label}</strong> <span class="quiet">{t('mentions', { n: t.number(sense.count) })}</span>
                {sense.wholes.length > 0 && <p class="quiet">{t('in_wholes', { words: sense.wholes.join(', ') })}</p>}
                {sense.neighbours.length > 0 && <p class="quiet">{t('near', { words: sense.neighbours.join(', ') })}</p>}
                <ul class="plain">
                  {sense.examples.map((one, i) => (
                    <li key={i}><Marked text={one} word={word} /></li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        )
      }
    </Panel>
  );
}

/** Nothing known is no mistake: the view says whether there is something before facts are asked for. */
async function factsOf(label, signal) {
  const told = await rows('SELECT 1 AS some FROM fact WHERE subject IN ($a, $b) LIMIT 1', { a: label, b: label.toLowerCase() }, 1, signal);
  if (told.length === 0) return { facts: [], total: 0 };
  return get('facts', { thing: label, limit: 40 }, signal);
}

function Facts({ label }) {
  const t = useText();
  const state = useLoaded((signal) => factsOf(label, signal), [label]);
  return (
    <Panel title={t('facts')} state={state}>
      {({ facts, total }) =>
        facts.length === 0 ? (
          <p class="quiet">{t('no_facts')}</p>
        ) : (
          <>
            <table>
              <thead>
                <tr><th>{t('fact')}</th><th>{t('since')}</th><th>{t('until')}</th></tr>
              </thead>
              <tbody>
                {facts.map((fact, i) => (
                  <tr key={i} class={fact.until ? 'past' : ''}>
                    <td dir="auto">
                      {fact.says}
                      {fact.inferred_by && <span class="quiet"> {t('follows_by', { rule: fact.inferred_by })}</span>}
                    </td>
                    <td>{fact.since ? t.day(fact.since) : ''}</td>
                    <td>{fact.until ? t.day(fact.until) : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {facts.length < total && <p class="quiet">{t('of_total', { n: t.number(facts.length), total: t.number(total) })}</p>}
          </>
        )
      }
    </Panel>
  );
}

function Rules() {
  const t = useText();
  const state = useLoaded((signal) => get('rules', { limit: 8 }, signal), []);
  return (
    <Panel title={t('rules')} state={state}>
      {({ rules, total }) => (
        <>
          {total === 0 && <p class="quiet">{t('no_rules')}</p>}
          <ul class="plain rules">
            {rules.map((one, i) => (
              <li key={i}>
                <span dir="auto">{one.rule}</span>
                <span class="quiet"> {t('if')} {one.path.join(t('and'))} · {t('holds', { n: t.number(one.holds), of: t.number(one.holds + one.fails) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function Mentions({ id }) {
  const t = useText();
  const state = useLoaded(
    (signal) => rows('SELECT DISTINCT episode_id, text FROM mention WHERE concept_id = $id LIMIT 8', { id }, 8, signal),
    [id],
  );
  return (
    <Panel title={t('inputs')} state={state}>
      {(inputs) => (
        <>
          {inputs.length === 0 && <p class="quiet">{t('no_inputs')}</p>}
          <ol class="evidence">
            {inputs.map((one) => (
              <li key={one.episode_id} value={one.episode_id}><Words text={one.text} /></li>
            ))}
          </ol>
        </>
      )}
    </Panel>
  );
}

function Origin({ id }) {
  const t = useText();
  const say = useSaying();
  const state = useLoaded((signal) => get(`why/${encodeURIComponent(id)}`, { limit: 20 }, signal), [id]);
  const undo = (thought) =>
    post('undo', { thought: `thought:${thought.thought}` }).then(
      () => {
        say(t('undone', { id: thought.thought }));
        state.again();
      },
      (error) => say(wordsOf(error, t), true),
    );
  return (
    <section class="wide">
      <h2>{t('thoughts_about')}</h2>
      <Loaded state={state}>
        {({ thoughts, first_inputs }) => (
          <>
            {thoughts.length === 0 && <p class="quiet">{t('from_inputs')}</p>}
            {thoughts.length === 0 && (
              <ol class="evidence">
                {first_inputs.map((one) => (
                  <li key={one.episode} value={one.episode}><Words text={one.text} /></li>
                ))}
              </ol>
            )}
            {thoughts.map((one) => (
              <ThoughtCard key={one.thought} thought={one} onUndo={undo} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

function About({ shown }) {
  const t = useText();
  const isWord = shown.kind === 'sense' || shown.kind === 'unit';
  return (
    <>
      <div class="title">
        <div>
          <h1 dir="auto">{shown.label}</h1>
          <p class="quiet">
            {t.kind(shown.kind)} · {t('mentions', { n: t.number(shown.count) })} · concept:{shown.id}
          </p>
        </div>
        <a class="button" href={`#/graph/${encodeURIComponent(shown.label)}`}>{t('show_in_graph')}</a>
      </div>
      {shown.labels.length > 1 && <p class="forms">{t('forms')}: {shown.labels.join(' · ')}</p>}
      <div class="grid">
        <Facts label={shown.label} />
        {isWord && <Senses word={shown.label} />}
        <Chips title={t('parts')} list={shown.parts} />
        <Chips title={t('wholes')} list={shown.part_of} />
        <Chips title={t('categories')} list={shown.categories} />
        <Chips title={t('members')} list={shown.members} />
        <Chips title={t('fillers')} list={shown.fillers} />
        <Chips title={t('split_senses')} list={shown.senses} />
        <Chips title={t('before')} list={shown.before} />
        <Chips title={t('after')} list={shown.after} />
        <Mentions id={shown.id} />
        <Origin id={shown.id} />
      </div>
    </>
  );
}

function Commonest() {
  const t = useText();
  const state = useLoaded((signal) => get('graph', { limit: 40 }, signal), []);
  return (
    <Loaded state={state}>
      {({ concepts }) =>
        concepts.length === 0 ? (
          <Empty title={t('empty_graph')}>{t('empty_graph_help')}</Empty>
        ) : (
          <div class="grid">
            <Chips title={t('telling_concepts')} list={concepts} />
            <Rules />
          </div>
        )
      }
    </Loaded>
  );
}

export function ConceptScreen({ name }) {
  const t = useText();
  const state = useLoaded(async (signal) => (name ? get(concept(name), {}, signal) : null), [name]);
  return (
    <>
      {!name && <h1>{t('concept')}</h1>}
      <Search name={/^\d+$|^concept:/.test(name) ? (state.value?.label ?? '') : name} />
      {!name && <Commonest />}
      {name && state.error && <Fault error={state.error} />}
      {name && !state.error && <Loaded state={state}>{(shown) => shown && <About shown={shown} />}</Loaded>}
    </>
  );
}
