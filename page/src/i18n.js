// The interface's two languages. A text is looked up by its key; {name} in it is replaced by a value. "one|many" is a
// text for n = 1 and one for other n.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import en from './locales/en.js';
import zh from './locales/zh.js';

const texts = { en, zh };
export const languages = { en: 'English', zh: '中文' };

export function firstLanguage() {
  const kept = localStorage.getItem('noema.language');
  if (kept in texts) return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export const Language = createContext('en');

/** The function that gives texts in the language in use. */
export function useText() {
  const language = useContext(Language);
  const formOf = (forms, n) => (forms.length > 1 && String(n) !== '1' ? forms[1] : forms[0]);
  const text = (key, values = {}) =>
    formOf((texts[language][key] ?? key).split('|'), values.n).replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
  text.language = language;
  text.thought = (kind) => texts[language][`thought_${kind}`] ?? kind;
  text.kind = (kind) => texts[language][`kind_${kind}`] ?? kind;
  text.number = (value, digits = 0) => Number(value).toLocaleString(language, { maximumFractionDigits: digits });
  text.percent = (value) => `${Math.round(value * 100)} %`;
  text.date = (iso) => new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  text.day = (iso) => new Date(iso).toLocaleDateString(language, { dateStyle: 'medium' });
  return text;
}
