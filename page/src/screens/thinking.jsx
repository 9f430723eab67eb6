// Thinking: what happens in the life as it happens, what it earned, what is next, and taking thoughts back.

import { useEffect, useRef, useState } from 'preact/hooks';
import { follow, get, post, rows } from '../api.js';
import { Chart } from '../chart.jsx';
import { useText } from '../i18n.js';
import { ConceptLink, Empty, Loaded, Panel, ThoughtCard, Words, useLoaded, useSaying, wordsOf } from '../parts.jsx';

const kMostEvents = 200;
const kSettleMilliseconds = 600;
const kThinkSeconds = 2;

function Ledger({ state }) {
  const t = useText();
  return (
    <Panel title={t('ledger')} state={state}>
      {(kinds) =>
        kinds.length === 0 ? (
          <Empty title={t('no_thoughts')}>{t('no_thoughts_help')}</Empty>
        ) : (
          <table>
            <thead>
              <tr><th>{t('kind')}</th><th class="number">{t('thoughts')}</th><th class="number">{t('bits_saved')}</th></tr>
            </thead>
            <tbody>
              {kinds.map((one) => (
                <tr key={one.kind}>
                  <td>{t.thought(one.kind)}</td>
                  <td class="number">{t.number(one.thoughts)}</td>
                  <td class="number">{t.number(one.bits, 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Panel>
  );
}

function Agenda({ state }) {
  const t = useText();
  return (
    <Panel title={t('agenda')} state={state}>
      {({ agenda, total }) =>
        total === 0 ? (
          <Empty title={t('agenda_empty')}>{t('agenda_empty_help')}</Empty>
        ) : (
          <>
            <ol class="plain agenda">
              {agenda.map((one, i) => (
                <li key={i}>
                  <span class="kind">{t.thought(one.kind)}</span>
                  {one.subject && one.subject.id > 0 && <ConceptLink {...one.subject} />}
                  {one.partner && one.partner.id > 0 && <ConceptLink {...one.partner} />}
                </li>
              ))}
            </ol>
            {total > agenda.length && <p class="quiet">{t('and_more', { n: t.number(total - agenda.length) })}</p>}
          </>
        )
      }
    </Panel>
  );
}

function Stream({ events, connected }) {
  const t = useText();
  return (
    <Panel title={<>{t('stream')} <span class={connected ? 'live on' : 'live'}>{connected ? t('connected') : t('not_connected')}</span></>}>
      {events.length === 0 ? (
        <Empty title={t('stream_empty')}>{t('stream_empty_help')}</Empty>
      ) : (
        <ol class="plain stream" tabIndex={0} aria-label={t('stream')}>
          {events.map((event) => (
            <li key={event.id} class={`event-${event.type}`}>
              <span class="kind">{t(`event_${event.type}`)}</span>
              {event.type === 'input' && <Words text={event.data.text} />}
              {event.type === 'thought' && (
                <span>
                  {t.thought(event.data.kind)}: {event.data.reason}
                </span>
              )}
              {event.type === 'thought' && <span class="gain">{t('bits', { n: t.number(event.data.gain_bits, 1) })}</span>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

export function Thinking() {
  const t = useText();
  const say = useSaying();
  const [events, setEvents] = useState([]);
  const [connected, setConnected] = useState(false);
  const [turn, setTurn] = useState(0);
  const [busy, setBusy] = useState('');
  const [most, setMost] = useState(20);
  const timer = useRef(0);
  const ledger = useLoaded(
    (signal) =>
      rows(
        'SELECT kind, count(*) AS thoughts, round(sum(gain_bits), 1) AS bits FROM thought WHERE NOT undone GROUP BY kind ORDER BY bits DESC',
        {}, 50, signal,
      ),
    [turn],
  );
  const growth = useLoaded(
    (signal) =>
      rows(
        `SELECT id, sum(gain_bits) OVER (ORDER BY id) AS bits FROM (
           SELECT id, CASE WHEN undone OR kind = 'consolidate' THEN 0 ELSE gain_bits END AS gain_bits FROM thought ORDER BY id DESC LIMIT 2000)
         ORDER BY id`,
        {}, 2000, signal,
      ),
    [turn],
  );
  const agenda = useLoaded((signal) => get('agenda', { limit: 12 }, signal), [turn]);
  const thoughts = useLoaded((signal) => get('thoughts', { limit: most }, signal), [turn, most]);

  const again = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTurn((n) => n + 1), kSettleMilliseconds);
  };
  useEffect(() => {
    const controller = new AbortController();
    follow({
      signal: controller.signal,
      told: setConnected,
      visit: (event) => {
        setEvents((old) => [event, ...old].slice(0, kMostEvents));
        again();
      },
    });
    return () => {
      controller.abort();
      clearTimeout(timer.current);
    };
  }, []);

  const act = async (name, path, args, done) => {
    setBusy(name);
    try {
      done(await post(path, args));
      setTurn((n) => n + 1);
    } catch (error) {
      say(wordsOf(error, t), true);
    }
    setBusy('');
  };
  const undo = (thought) =>
    act('undo', 'undo', { thought: `thought:${thought.thought}` }, () => say(t('undone', { id: thought.thought })));
  const thinks = agenda.value?.thinks;
  return (
    <>
      <div class="title">
        <h1>{t('thinking')}</h1>
        <div class="row">
          <button
            class="primary"
            disabled={busy !== ''}
            onClick={() =>
              act('think', 'think', { seconds: kThinkSeconds }, (value) =>
                say(t('has_thought', { n: t.number(value.thoughts), bits: t.number(value.gain_bits, 1) })),
              )
            }
          >
            {busy === 'think' ? t('is_thinking') : t('think_now')}
          </button>
          <button
            aria-pressed={thinks ?? false}
            disabled={busy !== '' || thinks === undefined}
            onClick={() => act('background', 'background', { thinks: !thinks }, (value) => say(value.thinks ? t('goes_on') : t('stopped')))}
          >
            {thinks ? t('stop') : t('go')}
          </button>
        </div>
      </div>
      <div class="columns">
        <div>
          <Stream events={events} connected={connected} />
          <section>
            <h2>{t('thoughts')}</h2>
            <Loaded state={thoughts}>
              {(page) =>
                page.thoughts.length === 0 ? (
                  <Empty title={t('no_thoughts')}>{t('no_thoughts_help')}</Empty>
                ) : (
                  <>
                    {page.thoughts.map((one) => (
                      <ThoughtCard key={one.thought} thought={one} onUndo={undo} />
                    ))}
                    {page.next && most < 200 && <button onClick={() => setMost(Math.min(200, most + 40))}>{t('more')}</button>}
                  </>
                )
              }
            </Loaded>
          </section>
        </div>
        <div>
          <Panel title={t('growth')} state={growth}>
            {(points) =>
              points.length < 2 ? (
                <p class="quiet">{t('too_few')}</p>
              ) : (
                <Chart
                  x={points.map((one) => one.id)}
                  lines={[{ label: t('bits_saved'), values: points.map((one) => one.bits) }]}
                  xLabel={t('thought_number')}
                  height={190}
                />
              )
            }
          </Panel>
          <Ledger state={ledger} />
          <Agenda state={agenda} />
        </div>
      </div>
    </>
  );
}
