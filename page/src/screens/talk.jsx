// Talk: tell and ask. What was said stays while the page is open.

import { useEffect, useRef, useState } from 'preact/hooks';
import { get, post, rows } from '../api.js';
import { useText } from '../i18n.js';
import { Confidence, Empty, Fault, Words, useLoaded, useSaying, wordsOf } from '../parts.jsx';

const said = [];  // newest last: {id, kind: told | asked, text, ...}
let number = 0;

const isQuestion = (text) => /[?？]\s*$/.test(text);

function Evidence({ answer, recalled }) {
  const t = useText();
  const chain = new Set(answer.chain);
  const inChain = [...chain].map((id) => answer.evidence.find((one) => one.episode === id)).filter(Boolean);
  const others = answer.evidence.filter((one) => !chain.has(one.episode));
  return (
    <details class="how" open={answer.abstained || undefined} onToggle={(event) => event.currentTarget.scrollIntoView({ block: 'nearest' })}>
      <summary>{answer.abstained ? t('what_it_recalls') : t('how_do_you_know')}</summary>
      {answer.inferred_by && <p class="rule">{t('follows_by', { rule: answer.inferred_by })}</p>}
      {inChain.length > 0 && <Inputs inputs={inChain} title={inChain.length > 1 ? t('chain') : t('it_was_told')} />}
      {others.length > 0 && <Inputs inputs={others} title={inChain.length > 0 ? t('also') : t('evidence')} />}
      {answer.evidence.length === 0 && recalled.length > 0 && <Inputs inputs={recalled} title={t('near_to_it')} />}
      {answer.evidence.length === 0 && recalled.length === 0 && <p class="quiet">{t('nothing_recalled')}</p>}
    </details>
  );
}

function Inputs({ inputs, title }) {
  return (
    <>
      <p class="label">{title}</p>
      <ol class="evidence">
        {inputs.map((one) => (
          <li key={one.episode} value={one.episode}>
            <Words text={one.text} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Asked({ entry }) {
  const t = useText();
  const say = useSaying();
  const [judged, setJudged] = useState(null);
  const { answer, recalled } = entry;
  const judge = (isRight) =>
    post('ask', { question: entry.text, is_right: isRight }).then(
      () => setJudged(isRight),
      (error) => say(wordsOf(error, t), true),
    );
  return (
    <>
      <div class={answer.abstained ? 'answer abstained' : 'answer'}>
        {answer.abstained ? t('abstained') : <Words text={answer.answer} />}
        {!answer.abstained && <Confidence value={answer.confidence} />}
      </div>
      {answer.no_longer_known_since && <p class="quiet">{t('no_longer', { time: t.date(answer.no_longer_known_since) })}</p>}
      <Evidence answer={answer} recalled={recalled} />
      {!answer.abstained &&
        (judged === null ? (
          <div class="row">
            <button class="small" onClick={() => judge(true)}>{t('right')}</button>
            <button class="small" onClick={() => judge(false)}>{t('wrong')}</button>
          </div>
        ) : (
          <p class="quiet" role="status">{judged ? t('judged_right') : t('judged_wrong')}</p>
        ))}
    </>
  );
}

function Told({ entry, redraw }) {
  const t = useText();
  const say = useSaying();
  const forget = () =>
    post('forget', { input: String(entry.episode) }).then(
      ({ thought }) => {
        entry.forgotten = thought;
        redraw();
      },
      (error) => say(wordsOf(error, t), true),
    );
  const restore = () =>
    post('undo', { thought: String(entry.forgotten).startsWith('thought:') ? entry.forgotten : `thought:${entry.forgotten}` }).then(
      () => {
        entry.forgotten = null;
        redraw();
      },
      (error) => say(wordsOf(error, t), true),
    );
  return (
    <div class="row">
      <span class="quiet">{entry.forgotten ? t('withdrawn') : t('stored_as', { n: t.number(entry.episode) })}</span>
      {entry.forgotten ? (
        <button class="small" onClick={restore}>{t('undo')}</button>
      ) : (
        <button class="small" onClick={forget}>{t('withdraw')}</button>
      )}
    </div>
  );
}

function Latest() {
  const t = useText();
  const state = useLoaded(
    (signal) => rows('SELECT id, text, speaker, time FROM episode ORDER BY id DESC LIMIT 8', {}, 8, signal),
    [],
  );
  if (state.error) return <Fault error={state.error} again={state.again} />;
  if (!state.value) return null;
  if (state.value.length === 0) return <Empty title={t('new_life')}>{t('new_life_help')}</Empty>;
  return (
    <section class="latest">
      <h2>{t('latest')}</h2>
      <ul class="plain">
        {state.value.map((one) => (
          <li key={one.id}>
            <Words text={one.text} />
            <span class="quiet">
              {one.speaker && `${one.speaker} · `}
              {t.date(one.time)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Talk() {
  const t = useText();
  const say = useSaying();
  const [, setTurn] = useState(0);
  const redraw = () => setTurn((n) => n + 1);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState('');
  const field = useRef(null);
  const end = useRef(null);

  useEffect(() => {
    if (said.length) end.current?.scrollIntoView({ block: 'end' });
  }, [said.length]);

  const act = async (kind) => {
    const line = text.trim().replace(/\s*\n\s*/g, ' ');
    if (!line || busy) return;
    setBusy(kind);
    try {
      if (kind === 'tell') {
        const { told } = await post('tell', { text: line });
        said.push({ id: ++number, kind, text: line, episode: told[0].episode });
      } else {
        const answer = await post('ask', { question: line });
        const recalled = answer.evidence.length ? [] : (await get('recall', { cue: line, k: 4 })).hits.filter((hit) => hit.text !== line);
        said.push({ id: ++number, kind, text: line, answer, recalled });
      }
      setText('');
    } catch (error) {
      say(wordsOf(error, t), true);
    }
    setBusy('');
    field.current?.focus();
  };
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    act(isQuestion(text) ? 'ask' : 'tell');
  };
  return (
    <div class="talk">
      <h1>{t('talk')}</h1>
      {said.length === 0 ? (
        <Latest />
      ) : (
        <ol class="conversation" aria-live="polite">
          {said.map((entry) => (
            <li key={entry.id} class={entry.kind}>
              <p class="said">
                <span class="who">{entry.kind === 'tell' ? t('you_told') : t('you_asked')}</span>
                <Words text={entry.text} />
              </p>
              {entry.kind === 'tell' ? <Told entry={entry} redraw={redraw} /> : <Asked entry={entry} />}
            </li>
          ))}
        </ol>
      )}
      <div ref={end} />
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          act(isQuestion(text) ? 'ask' : 'tell');
        }}
      >
        <label class="hidden" for="line">{t('tell_or_ask')}</label>
        <textarea
          id="line"
          ref={field}
          rows="1"
          value={text}
          placeholder={t('tell_or_ask')}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          data-shortcut="/"
        />
        <div class="row">
          <button type="button" class={isQuestion(text) ? '' : 'primary'} disabled={!text.trim() || !!busy} onClick={() => act('tell')}>
            {t('tell')}
          </button>
          <button type="button" class={isQuestion(text) ? 'primary' : ''} disabled={!text.trim() || !!busy} onClick={() => act('ask')}>
            {t('ask')}
          </button>
        </div>
      </form>
    </div>
  );
}
