// The page: what stands around the screens, and which screen is shown.

import { render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { base, getOfServer, onTokenNeeded } from './api.js';
import { Language, firstLanguage, languages, useText } from './i18n.js';
import { Icon, Saying, useLoaded } from './parts.jsx';
import { ConceptScreen } from './screens/concept.jsx';
import { Experiments } from './screens/experiments.jsx';
import { GraphScreen } from './screens/graph.jsx';
import { LivesScreen } from './screens/lives.jsx';
import { Talk } from './screens/talk.jsx';
import { Thinking } from './screens/thinking.jsx';
import './style.css';

const screens = ['talk', 'graph', 'thinking', 'concept', 'experiments'];
const themes = ['auto', 'light', 'dark'];

/** "#/concept/tax" is {screen: "concept", rest: "tax"}. */
function placeOf(hash) {
  const [, screen, ...rest] = hash.split('/');
  let name = rest.join('/');
  try {
    name = decodeURIComponent(name);
  } catch {
    // A percent sign that begins no code stands for itself.
  }
  return { screen: screens.includes(screen) ? screen : 'talk', rest: name };
}

function TokenPrompt({ wasWrong, give }) {
  const t = useText();
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="token-title" onCancel={(event) => event.preventDefault()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const value = event.currentTarget.elements.token.value.trim();
          if (value) give(value);
        }}
      >
        <h2 id="token-title">{t('token_title')}</h2>
        <p>{wasWrong ? t('token_wrong') : t('token_help')}</p>
        <label class="field">
          {t('token')}
          <input type="password" name="token" autocomplete="off" autofocus />
        </label>
        <div class="row end"><button class="primary">{t('enter')}</button></div>
      </form>
    </dialog>
  );
}

function Shortcuts({ close }) {
  const t = useText();
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  const keys = [['1 – 5', 'key_screens'], ['/', 'key_field'], ['Enter', 'key_enter'], ['d', 'key_dark'], ['l', 'key_language'], ['?', 'key_help']];
  return (
    <dialog ref={dialog} aria-labelledby="keys-title" onClose={close}>
      <h2 id="keys-title">{t('shortcuts')}</h2>
      <dl class="keys">
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt><kbd>{key}</kbd></dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" class="row end"><button class="primary">{t('close')}</button></form>
    </dialog>
  );
}

function Nav({ screen }) {
  const t = useText();
  return (
    <nav aria-label={t('screens')}>
      {screens.map((name) => (
        <a key={name} href={`#/${name}`} aria-current={screen === name ? 'page' : undefined}>{t(name)}</a>
      ))}
    </nav>
  );
}

function Screen({ screen, rest, theme }) {
  if (screen === 'graph') return <GraphScreen around={rest} theme={theme} />;
  if (screen === 'thinking') return <Thinking />;
  if (screen === 'concept') return <ConceptScreen name={rest} />;
  if (screen === 'experiments') return <Experiments chosen={rest} theme={theme} />;
  return <Talk />;
}

function Toast({ said, close }) {
  const t = useText();
  return (
    <div class="toasts" aria-live="assertive">
      {said && (
        <div class={said.isError ? 'toast error' : 'toast'}>
          <span>{said.text}</span>
          <button class="icon" aria-label={t('close')} onClick={close}><Icon name="close" /></button>
        </div>
      )}
    </div>
  );
}

function isTyping(event) {
  return /^(input|textarea|select)$/i.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey;
}

/** Shortcuts of the whole page; none while a text is typed or a dialog is open. */
function useShortcuts(act) {
  useEffect(() => {
    const onKey = (event) => {
      if (isTyping(event) || document.querySelector('dialog[open]')) return;
      const screen = screens[Number(event.key) - 1];
      if (screen) location.hash = `#/${screen}`;
      else if (event.key === '/') document.querySelector('[data-shortcut="/"]')?.focus();
      else if (!act(event.key)) return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [act]);
}

function Page({ language, setLanguage }) {
  const t = useText();
  const [place, setPlace] = useState(placeOf(location.hash));
  const [theme, setTheme] = useState(localStorage.getItem('noema.theme') ?? 'auto');
  const [prompt, setPrompt] = useState(null);
  const [keys, setKeys] = useState(false);
  const [said, setSaid] = useState(null);
  const timer = useRef(0);
  const main = useRef(null);
  const lives = useLoaded((signal) => getOfServer('lives', signal), []);

  useLayoutEffect(() => {
    onTokenNeeded((wasWrong) => new Promise((give) => setPrompt({ wasWrong, give: (value) => (setPrompt(null), give(value)) })));
  }, []);
  useEffect(() => {
    const onHash = () => {
      setPlace(placeOf(location.hash));
      main.current?.scrollTo?.(0, 0);
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem('noema.theme', theme);
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${t(place.screen)} · noema`;
  }, [language, place.screen]);

  const nextTheme = () => setTheme(themes[(themes.indexOf(theme) + 1) % themes.length]);
  const names = Object.keys(languages);
  const otherLanguage = names[(names.indexOf(language) + 1) % names.length];
  useShortcuts((key) => {
    if (key === 'd') nextTheme();
    else if (key === 'l') setLanguage(otherLanguage);
    else if (key === '?') setKeys(true);
    else return false;
    return true;
  });
  const say = (text, isError = false) => {
    clearTimeout(timer.current);
    setSaid({ text, isError });
    timer.current = setTimeout(() => setSaid(null), isError ? 9000 : 4000);
  };
  const isWatched = lives.value?.runs_alone === true;
  const wantsLife = lives.value?.folder && base === '' && !isWatched;
  return (
    <Saying.Provider value={say}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current.focus())}>{t('skip')}</a>
      <header class="top">
        <a class="brand" href={lives.value?.folder ? '/' : '#/talk'}>
          <svg viewBox="0 0 32 32" aria-hidden="true"><path d="M9 22 16 9l8 11z" /><circle cx="16" cy="9" r="4" /><circle cx="9" cy="22" r="4" /><circle cx="24" cy="20" r="4" /></svg>
          noema
          {base && <span class="life-name">{decodeURIComponent(base.slice(1))}</span>}
        </a>
        {!wantsLife && !isWatched && <Nav screen={place.screen} />}
        <div class="switches">
          <button class="icon" onClick={() => setLanguage(otherLanguage)} lang={otherLanguage} aria-label={languages[otherLanguage]}>{otherLanguage === 'zh' ? '中' : 'En'}</button>
          <button class="icon" onClick={nextTheme} aria-label={t(`theme_${theme}`)} title={t(`theme_${theme}`)}><Icon name={theme} /></button>
          <button class="icon keys-button" onClick={() => setKeys(true)} aria-label={t('shortcuts')}>?</button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} class={`screen-${wantsLife ? 'lives' : isWatched ? 'experiments' : place.screen}`}>
        {isWatched ? (
          <Experiments chosen={place.screen === 'experiments' ? place.rest : ''} theme={theme} isWatched />
        ) : wantsLife ? (
          <LivesScreen names={lives.value.lives} />
        ) : (
          lives.busy && base === '' ? null : <Screen {...place} theme={theme} />
        )}
      </main>
      <Toast said={said} close={() => setSaid(null)} />
      {prompt && <TokenPrompt {...prompt} key={prompt.wasWrong} />}
      {keys && <Shortcuts close={() => setKeys(false)} />}
    </Saying.Provider>
  );
}

function App() {
  const [language, setLanguage] = useState(firstLanguage());
  const change = (name) => {
    localStorage.setItem('noema.language', name);
    setLanguage(name);
  };
  return (
    <Language.Provider value={language}>
      <Page language={language} setLanguage={change} />
    </Language.Provider>
  );
}

render(<App />, document.getElementById('app'));
