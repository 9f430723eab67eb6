// The server's interface: every request of the page goes through call(), every answer is data.

/** Where this life's paths begin: "" for a server with one life, "/NAME" in a folder. */
export const base = location.pathname.replace(/\/+$/, '');

const kTokenKey = 'noema.token';
let token = sessionStorage.getItem(kTokenKey) ?? '';
let askForToken = async () => '';

/** asks: shows a prompt and gives what was entered. */
export function onTokenNeeded(asks) {
  askForToken = asks;
}

/** A refusal of the server, or no answer at all. */
export class Refused extends Error {
  constructor(status, error) {
    super(error.what);
    this.status = status;
    this.whatToDo = error.what_to_do ?? '';
  }
}

function headers(more = {}) {
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

let prompting = null;
async function renewToken() {
  prompting ??= askForToken(token !== '').finally(() => (prompting = null));
  token = await prompting;
  sessionStorage.setItem(kTokenKey, token);
}

async function request(path, options) {
  for (;;) {
    let response;
    try {
      response = await fetch(path, { ...options, headers: headers(options.headers), cache: 'no-store' });
    } catch (error) {
      if (error.name === 'AbortError') throw error;
      throw new Refused(0, { what: 'unreachable' });
    }
    if (response.status !== 401) return response;
    await renewToken();
  }
}

async function answerOf(response) {
  const value = await response.json().catch(() => null);
  if (!response.ok || value === null)
    throw new Refused(response.status, value?.error ?? { what: `${response.status} ${response.statusText}` });
  return value;
}

/** GET base/v1/path with the given arguments; those that are null or undefined are left out. */
export async function get(path, args = {}, signal) {
  const query = new URLSearchParams(Object.entries(args).filter(([, value]) => value !== null && value !== undefined));
  return answerOf(await request(`${base}/v1/${path}${query.size ? `?${query}` : ''}`, { signal }));
}

/** POST base/v1/path. */
export async function post(path, args, signal) {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(args), signal };
  return answerOf(await request(`${base}/v1/${path}`, options));
}

/** What belongs to the server and not to one life: lives, runs. */
export async function getOfServer(path, signal) {
  return answerOf(await request(`/v1/${path}`, { signal }));
}

/** Rows of a query that reads. */
export async function rows(sql, parameters = {}, most = 200, signal) {
  return (await post('query', { sql, parameters, rows: most }, signal)).rows;
}

export const concept = (id, what = '') => `concepts/${encodeURIComponent(id)}${what}`;

/** One event of the text of a server-sent stream, or null for a comment. */
function eventOf(block) {
  const event = { id: '', type: 'message', data: '' };
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) event.id = line.slice(4);
    else if (line.startsWith('event: ')) event.type = line.slice(7);
    else if (line.startsWith('data: ')) event.data += line.slice(6);
  }
  return event.data ? { ...event, data: JSON.parse(event.data) } : null;
}

/**
 * Calls visit(event) for what enters the log, from now on or from behind a position, until the signal aborts; it
 * connects again by itself. told(connected) says whether it is connected.
 */
export async function follow({ after, signal, visit, told }) {
  const pause = 2000;
  let last = after;
  while (!signal.aborted) {
    try {
      const options = { signal, headers: last === undefined ? {} : { 'Last-Event-ID': String(last) } };
      const response = await request(`${base}/v1/events`, options);
      if (!response.ok) await answerOf(response);
      told(true);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ''; ; ) {
        const { value, done } = await reader.read();
        if (done) break;
        const blocks = (text + value).split('\n\n');
        text = blocks.pop();
        for (const block of blocks) {
          const event = eventOf(block);
          if (!event) continue;
          last = event.id;
          visit(event);
        }
      }
    } catch {
      // The connection ended; the next turn of the loop makes another.
    }
    if (signal.aborted) return;
    told(false);
    await new Promise((done) => setTimeout(done, pause));
  }
}
