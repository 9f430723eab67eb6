// The lives of a folder, to choose one.

import { useText } from '../i18n.js';
import { Empty } from '../parts.jsx';

export function LivesScreen({ names }) {
  const t = useText();
  return (
    <>
      <h1>{t('lives')}</h1>
      {names.length === 0 && <Empty title={t('no_lives')}>{t('no_lives_help')}</Empty>}
      <ul class="plain cards">
        {names.map((name) => (
          <li key={name}>
            <a class="panel" href={`/${encodeURIComponent(name)}/`}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
