// Walks every screen of the page in headless Chromium, as a user would, against a life that is served: tells, asks,
// withdraws, expands, collapses, plays the time, thinks, undoes. Fails at an error in the console, at an answer that is
// not there, and at a serious or critical fault that axe-core finds on a screen, light or dark. script/page_check runs it.
//
//   node check/check.mjs --noema PATH [--shots DIR] [--large LIFE [--large-only]] [--runs DIR] [--chromium PATH]

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';
import { story } from './story.mjs';

const { values: args } = parseArgs({
  options: {
    noema: { type: 'string' },
    url: { type: 'string' },
    shots: { type: 'string' },
    large: { type: 'string' },
    runs: { type: 'string' },
    'large-only': { type: 'boolean' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'noema-page-'));
const shots = args.shots ?? join(folder, 'shots');
mkdirSync(shots, { recursive: true });
const servers = [];
let failed = false;

function check(what, holds, detail = '') {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}${detail ? `: ${detail}` : ''}`);
  failed ||= !holds;
}

function noema(...words) {
  return execFileSync(args.noema, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Serves a life or a folder on a free port; gives the address. */
async function serve(path, ...more) {
  const server = spawn(args.noema, ['serve', path, '--port', '0', '--json', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(server);
  const [line] = await new Promise((done, fail) => {
    server.stdout.once('data', (data) => done(String(data).split('\n')));
    server.once('exit', (code) => fail(new Error(`noema serve ended with ${code}`)));
  });
  return JSON.parse(line).url;
}

function smallLife() {
  const life = join(folder, 'village.life');
  writeFileSync(join(folder, 'village.jsonl'), story());
  noema('new', life, '--model', 'tiny', '--quiet');
  noema('feed', life, join(folder, 'village.jsonl'), '--format', 'jsonl', '--think', 'off', '--quiet');
  noema('think', life, '--until-quiet', '--no-consolidate', '--quiet');
  return life;
}

/** A page that counts what goes wrong in it. What the server refuses is shown to the user, and no error of the page. */
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en', ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource') && /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal) page.faults.push(message.text());
  });
  page.on('pageerror', (error) => page.faults.push(String(error)));
  await page.goto(url);
  return page;
}

async function hasNoFault(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
  const told = grave.map((one) => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 120)} ${one.nodes[0].any[0]?.message ?? ''}`);
  check(`${where}: axe-core finds no serious or critical fault`, grave.length === 0, told.join(' | '));
}

const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`) });
const go = (page, place) => page.evaluate((hash) => (location.hash = hash), `#/${place}`);
const seen = (page, text, timeout = 15000) =>
  page.getByText(text).first().waitFor({ timeout }).then(() => true, () => false);

async function talk(page) {
  await page.getByLabel('Tell it something').fill('Zoe lives in Kyoto .');
  await page.keyboard.press('Enter');
  check('what is told is stored', await seen(page, /Stored as input/));
  await page.getByLabel('Tell it something').fill('where does Lea live ?');
  await page.keyboard.press('Enter');
  check('what is asked is answered', await page.locator('.answer', { hasText: 'Lima' }).waitFor({ timeout: 20000 }).then(() => true, () => false));
  await page.getByText('How do you know?').click();
  check('an answer has its evidence', await seen(page, /It was told|The facts that lead/));
  await page.locator('.evidence .word').first().hover();
  check('a word tells about itself', await page.locator('.word-card').waitFor({ timeout: 10000 }).then(() => true, () => false));
  await shot(page, 'talk');
  await page.mouse.move(5, 300);
  await page.getByRole('button', { name: 'Withdraw' }).click();
  check('an input is withdrawn', await seen(page, /no longer known/));
  await page.locator('.conversation').getByRole('button', { name: 'Undo' }).click();
  check('and withdrawing is undone', await seen(page, /Stored as input/));
}

async function graph(page) {
  await go(page, 'graph');
  await page.waitForFunction(() => globalThis.noemaDrawing?.model.graph.order > 20, null, { timeout: 20000 });
  await page.waitForFunction(() => !globalThis.noemaDrawing.isSettling, null, { timeout: 30000 });
  const order = () => page.evaluate(() => globalThis.noemaDrawing.model.graph.order);
  check('the graph is drawn', (await order()) > 20, `${await order()} concepts`);
  await shot(page, 'graph');
  await page.getByLabel('Find a concept').fill('bank');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  const card = page.locator('.node-card');
  await card.waitFor({ timeout: 15000 });
  const before = await order();
  await card.getByRole('button', { name: 'Expand' }).click();
  await card.getByRole('button', { name: 'Collapse' }).waitFor({ timeout: 15000 });
  const expanded = await order();
  check('a concept is expanded', expanded >= before, `${before} to ${expanded}`);
  await page.waitForTimeout(2800);
  await shot(page, 'graph_concept');
  await go(page, 'talk');
  await page.getByLabel('Tell it something').waitFor();
  await go(page, 'graph');
  await page.waitForTimeout(1500);
  check('what was expanded is still there when the screen is shown again', (await order()) >= expanded, `${expanded} to ${await order()}`);
  await page.getByLabel('Find a concept').fill('bank');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await card.waitFor({ timeout: 15000 });
  await card.getByRole('button', { name: 'Collapse' }).click();
  check('and collapsed', (await order()) <= expanded, `${await order()}`);
  const visible = () => page.evaluate(() => {
    const drawing = globalThis.noemaDrawing;
    return drawing.model.graph.nodes().filter((id) => !drawing.sigma.getNodeDisplayData(id)?.hidden).length;
  });
  const all = await visible();
  const slider = page.getByLabel('Time of the life');
  await slider.fill('12');
  await page.waitForTimeout(500);
  check('the slider goes back in the life', (await visible()) < all, `${await visible()} of ${all} concepts after 12 inputs`);
  await slider.fill(await slider.evaluate((input) => input.max));
  const wholes = page.locator('.filters').getByLabel(/join into a whole/);
  await wholes.uncheck();
  await page.waitForTimeout(300);
  check('what thoughts of a kind made is left out', (await visible()) < all, `${await visible()} of ${all} concepts`);
  await wholes.check();
  await go(page, 'thinking');
  const thought = page.locator('.thought', { has: page.locator('.kind', { hasText: /join into/ }) }).first();
  await thought.getByRole('link', { name: 'Show in the graph' }).click();
  check('the concepts of one thought are shown alone', await seen(page, /Only the concepts of thought:/));
  await page.waitForTimeout(3000);
  check('and no others', (await visible()) >= 2 && (await visible()) <= 4, `${await visible()}`);
  await shot(page, 'graph_thought');
  await page.getByRole('button', { name: 'Show the others too' }).click();
  await page.waitForTimeout(500);
  check('until the others are wanted again', (await visible()) > 20, `${await visible()}`);
}

async function thinking(page) {
  await go(page, 'thinking');
  check('thoughts are listed', await page.locator('.thought').first().waitFor({ timeout: 20000 }).then(() => true, () => false));
  check('the stream is live', await seen(page, 'live'));
  await page.getByRole('button', { name: 'Think for 2 seconds' }).click();
  check('it thinks', await seen(page, /thoughts?, .* bits shorter/, 40000));
  await page.getByRole('button', { name: 'Stop thinking' }).click();
  check('it stops', await seen(page, 'It no longer thinks by itself.'));
  await page.getByRole('button', { name: 'Let it think' }).click();
  check('and goes on', await seen(page, 'It thinks in the background.'));
  await page.waitForTimeout(1200);
  const last = page.locator('.thought:not(.undone)', { has: page.locator('.kind', { hasText: /join into/ }) }).first();
  await last.getByText(/^Why/).click();
  const button = last.locator('button');
  await button.click();
  await button.click();
  check('a thought is undone, or what stands on it is named', await seen(page, /was taken back|stands on/));
  check('the stream tells of it', await page.locator('.stream li').first().waitFor({ timeout: 10000 }).then(() => true, () => false));
  await page.evaluate(() => scrollTo(0, 0));
  await shot(page, 'thinking');
}

async function concepts(page) {
  await go(page, 'concept');
  check('telling concepts are listed', await page.locator('.chip').first().waitFor({ timeout: 20000 }).then(() => true, () => false));
  await page.getByLabel('Find a concept').fill('ann');
  await page.keyboard.press('Enter');
  check('a concept is shown', await page.getByRole('heading', { level: 1, name: /^ann$/i }).waitFor({ timeout: 15000 }).then(() => true, () => false));
  check('with its facts', await seen(page, /lives in/));
  await page.waitForTimeout(1000);
  await shot(page, 'concept');
  await go(page, 'concept/nothing-of-the-kind');
  check('a concept that is not there is refused in words', await page.getByRole('alert').waitFor({ timeout: 10000 }).then(() => true, () => false));
  await go(page, 'concept/the%20bank');
  check('the parts of a whole are shown', await seen(page, 'Parts'));
}

async function experiments(page) {
  await go(page, 'experiments');
  if (!args.runs) return check('without runs it says how to get some', await seen(page, 'No runs of experiments'));
  const boxes = page.locator('.runs input');
  await boxes.first().waitFor({ timeout: 10000 });
  await boxes.first().check();
  if ((await boxes.count()) > 1) await boxes.nth(1).check();
  check('runs are compared', await seen(page, 'Beside each other'));
  check('with their curves', await page.locator('.uplot').waitFor({ timeout: 10000 }).then(() => true, () => false));
  await page.waitForTimeout(500);
  await shot(page, 'experiments');
  return undefined;
}

async function looks(browser, url) {
  for (const scheme of ['light', 'dark']) {
    const page = await open(browser, url, { colorScheme: scheme });
    for (const place of ['talk', 'graph', 'thinking', 'concept', 'concept/ann', 'experiments']) {
      await go(page, place);
      await page.waitForTimeout(1500);
      await hasNoFault(page, `${place}, ${scheme}`);
      if (scheme === 'dark') await shot(page, `${place.replace('/', '_')}_dark`);
    }
    check(`${scheme}: no error in the console`, page.faults.length === 0, page.faults.join(' | '));
    await page.context().close();
  }
  const phone = await open(browser, url, { viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true });
  for (const place of ['talk', 'graph', 'thinking', 'concept/ann', 'experiments']) {
    await go(phone, place);
    await phone.waitForTimeout(1500);
    const over = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(`${place}: fits a phone of 390 pixels`, over <= 0, `${over} pixels too wide`);
    await shot(phone, `${place.replace('/', '_')}_phone`);
  }
  check('the Chinese interface is shown', await seen(phone, '思考'));
  check('phone: no error in the console', phone.faults.length === 0, phone.faults.join(' | '));
  await phone.context().close();
}

async function keyboard(browser, url) {
  const page = await open(browser, url);
  await page.keyboard.press('Tab');
  check('the first stop of the Tab key skips to the content', await page.locator('.skip:focus').count().then((n) => n === 1));
  await page.keyboard.press('Enter');
  await page.keyboard.press('3');
  check('a digit goes to a screen', await page.waitForURL(/#\/thinking$/, { timeout: 10000 }).then(() => true, () => false), page.url());
  await page.keyboard.press('?');
  check('a question mark shows the shortcuts', await page.getByRole('dialog').waitFor({ timeout: 10000 }).then(() => true, () => false));
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await page.locator('textarea').waitFor();
  await page.keyboard.press('/');
  check('a slash goes to the field', await page.locator('textarea:focus').count().then((n) => n === 1));
  await page.context().close();
}

async function token(browser) {
  const secret = 'a-secret-of-the-check';
  writeFileSync(join(folder, 'token'), `${secret}\n`);
  noema('new', join(folder, 'empty.life'), '--model', 'tiny', '--quiet');
  const url = await serve(join(folder, 'empty.life'), '--token-file', join(folder, 'token'));
  const page = await open(browser, url);
  await page.getByRole('dialog').waitFor();
  await hasNoFault(page, 'token prompt');
  await page.locator('input[name=token]').fill('wrong');
  await page.keyboard.press('Enter');
  check('a wrong token is refused', await seen(page, 'That was not the token'));
  await page.locator('input[name=token]').fill(secret);
  await page.keyboard.press('Enter');
  check('the right one lets in, to a life to which nothing was told', await seen(page, 'Nothing was told yet'));
  check('token: no error in the console', page.faults.length === 0, page.faults.join(' | '));
  await page.context().close();
}

/** Frames a second while the camera moves over 10,000 concepts that have come to rest. */
async function frames(browser, life) {
  const page = await open(browser, `${await serve(life, '--no-think')}/#/graph`);
  await page.waitForFunction(() => globalThis.noemaDrawing?.model.graph.order > 0, null, { timeout: 60000 });
  await page.locator('.filters select').selectOption('10000');
  await page.waitForFunction(() => globalThis.noemaDrawing.model.graph.order > 5000, null, { timeout: 120000 });
  await page.waitForFunction(() => !globalThis.noemaDrawing.isSettling, null, { timeout: 120000 });
  await page.waitForTimeout(1000);
  await shot(page, 'graph_large');
  const measured = await page.evaluate(async () => {
    const { sigma, model } = globalThis.noemaDrawing;
    const camera = sigma.getCamera();
    const times = [];
    const begin = performance.now();
    camera.animate({ x: 0.6, y: 0.4, ratio: 0.4 }, { duration: 5000 });  // as a wheel or a drag moves it
    while (performance.now() - begin < 5000) {
      const at = performance.now();
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - at);
    }
    times.sort((a, b) => a - b);
    return {
      concepts: model.graph.order,
      edges: model.graph.size,
      frames: times.length / 5,
      median: times[Math.floor(times.length / 2)],
      slow: times[Math.floor(times.length * 0.95)],
    };
  });
  console.log(
    `     ${measured.concepts} concepts, ${measured.edges} edges: ${measured.frames.toFixed(1)} frames a second while moving ` +
      `(median ${measured.median.toFixed(1)} ms, 95th percentile ${measured.slow.toFixed(1)} ms; WebGL in software)`,
  );
  check('large: no error in the console', page.faults.length === 0, page.faults.join(' | '));
  await page.context().close();
}

const browser = await launch(args.chromium);
async function walkAll() {
  const url = args.url ?? (await serve(smallLife(), ...(args.runs ? ['--runs', args.runs] : [])));
  const page = await open(browser, url);
  for (const walk of [talk, graph, thinking, concepts, experiments]) {
    await walk(page).catch((error) => check(walk.name, false, error.message.split('\n')[0]));
  }
  check('no error in the console', page.faults.length === 0, page.faults.join(' | '));
  await page.context().close();
  await looks(browser, url);
  await keyboard(browser, url);
  if (args.noema) await token(browser);
}

try {
  if (!args['large-only']) await walkAll();
  if (args.large) await frames(browser, args.large);
} finally {
  await browser.close();
  for (const server of servers) server.kill('SIGINT');
  await Promise.all(servers.map((server) => new Promise((done) => (server.exitCode === null ? server.once('exit', done) : done()))));
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
