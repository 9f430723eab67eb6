// Experiments: the runs in a folder, their curves, and what they came to beside each other.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { getOfServer } from '../api.js';
import { Chart } from '../chart.jsx';
import { useText } from '../i18n.js';
import { Empty, Loaded, Panel, useLoaded } from '../parts.jsx';

const kUnlisted = new Set(['experience', 'line', 'lines', 'words', 'characters']);

/** Stands between names of runs in the address; a name may hold commas. */
const kBetween = '|';

/** What is shown first, if the runs have it. */
const kTelling = /(per_char|accuracy)_so_far/;

/** Numbers that stand in most experiences, by name. */
function measuresOf(runs) {
  const counts = new Map();
  for (const run of runs)
    for (const one of run.experiences)
      for (const [key, value] of Object.entries(one))
        if (typeof value === 'number' && !kUnlisted.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.keys()];
}

/** x and a line for each arm of each run. */
function curvesOf(runs, measure) {
  const lines = new Map();
  const xs = new Set();
  for (const run of runs) {
    const seen = new Map();
    for (const one of run.experiences) {
      if (typeof one[measure] !== 'number') continue;
      const at = one.experience ?? (seen.get(one.arm) ?? 0) + 1;
      seen.set(one.arm, at);
      const label = runs.length > 1 ? `${run.run}: ${one.arm}` : one.arm;
      if (!lines.has(label)) lines.set(label, new Map());
      lines.get(label).set(at, one[measure]);
      xs.add(at);
    }
  }
  const x = [...xs].sort((a, b) => a - b);
  return { x, lines: [...lines].map(([label, values]) => ({ label, values: x.map((at) => values.get(at) ?? null) })) };
}

function Curves({ runs, theme }) {
  const t = useText();
  const measures = useMemo(() => measuresOf(runs), [runs]);
  const [chosen, setChosen] = useState('');
  const telling = measures.find((name) => kTelling.test(name)) ?? measures[0];
  const measure = measures.includes(chosen) ? chosen : telling;
  const { x, lines } = useMemo(() => curvesOf(runs, measure), [runs, measure]);
  if (!measure) return <p class="quiet">{t('no_curves')}</p>;
  return (
    <>
      <label class="field inline">
        {t('measure')}
        <select value={measure} onChange={(event) => setChosen(event.currentTarget.value)}>
          {measures.map((name) => (
            <option key={name} value={name}>{name.replaceAll('_', ' ')}</option>
          ))}
        </select>
      </label>
      <Chart x={x} lines={lines} xLabel={t('experience')} redraw={theme} height={320} />
    </>
  );
}

function Comparison({ runs }) {
  const t = useText();
  const arms = runs.flatMap((run) => run.results.arms.map((arm) => ({ run: run.run, ...arm })));
  const columns = [...new Set(arms.flatMap((arm) => Object.keys(arm).filter((key) => typeof arm[key] === 'number')))];
  const hasSettings = arms.some((arm) => typeof arm.setting === 'string');
  const digits = (value) => (Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 3);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('comparison')}>
      <table>
        <thead>
          <tr>
            {runs.length > 1 && <th>{t('run')}</th>}
            {hasSettings && <th>{t('setting')}</th>}
            <th>{t('arm')}</th>
            {columns.map((name) => <th key={name} class="number">{name.replaceAll('_', ' ')}</th>)}
          </tr>
        </thead>
        <tbody>
          {arms.map((arm) => (
            <tr key={`${arm.run} ${arm.setting ?? ''} ${arm.arm}`}>
              {runs.length > 1 && <td>{arm.run}</td>}
              {hasSettings && <td>{arm.setting ?? ''}</td>}
              <td>{arm.arm}</td>
              {columns.map((name) => (
                <td key={name} class="number">{typeof arm[name] === 'number' ? t.number(arm[name], digits(arm[name])) : ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** isWatched: the runs are of an experiment that goes on, and each is shown unless some are chosen. */
export function Experiments({ chosen, theme, isWatched }) {
  const t = useText();
  const list = useLoaded((signal) => getOfServer('runs', signal), []);
  const shown = chosen || (isWatched ? (list.value?.runs ?? []).map((one) => one.run).join(kBetween) : '');
  const names = shown ? shown.split(kBetween) : [];
  const runs = useLoaded(
    (signal) => Promise.all(names.map((name) => getOfServer(`runs/${encodeURIComponent(name)}`, signal))),
    [shown],
  );
  // A run that has not ended is looked at again and again; so is a folder in which the first is about to begin.
  const grows = isWatched && (!list.value || list.value.runs.length === 0 || list.value.runs.some((one) => !one.ended));
  useEffect(() => {
    if (!grows) return undefined;
    const timer = setInterval(() => {
      list.again();
      runs.again();
    }, 3000);
    return () => clearInterval(timer);
  }, [grows]);
  const toggle = (name) => {
    const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
    location.hash = `#/experiments/${next.map(encodeURIComponent).join(kBetween)}`;
  };
  return (
    <>
      <h1>{t('experiments')}</h1>
      <Loaded state={list}>
        {({ runs: all }) =>
          all.length === 0 ? (
            <Empty title={t('no_runs')}>{t(isWatched ? 'run_begins' : 'no_runs_help')}</Empty>
          ) : (
            <ul class="plain checks runs panel">
              {all.map((one) => (
                <li key={one.run}>
                  <label>
                    <input type="checkbox" checked={names.includes(one.run)} onChange={() => toggle(one.run)} />
                    <strong>{one.run}</strong>
                    <span class="quiet">{one.name} · {one.arms.join(', ')}{one.ended && ` · ${t.day(one.ended)}`}</span>
                  </label>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {names.length > 0 && (
        <Loaded state={runs}>
          {(loaded) => (
            <>
              <Panel title={t('curves')}>
                <Curves runs={loaded} theme={theme} />
              </Panel>
              <Panel title={t('comparison')}>
                <Comparison runs={loaded} />
              </Panel>
            </>
          )}
        </Loaded>
      )}
      {names.length === 0 && list.value?.runs.length > 0 && <p class="quiet">{t('choose_runs')}</p>}
    </>
  );
}
