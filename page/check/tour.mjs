// The session of docs/tour.md: walks a page that is served, as a new user would, takes the pictures and prints how long each step took until its
// result was seen.
//   node page/check/tour.mjs --url http://127.0.0.1:7777 --shots DIR --tell TEXT --ask QUESTION --concept NAME

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values: args } = parseArgs({
  options: {
    url: { type: 'string' },
    shots: { type: 'string' },
    tell: { type: 'string' },
    ask: { type: 'string' },
    concept: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const browser = await launch(args.chromium);
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })).newPage();
const faults = [];
page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
page.on('pageerror', (error) => faults.push(String(error)));

async function step(what, act) {
  const begun = performance.now();
  await act();
  console.log(`${((performance.now() - begun) / 1000).toFixed(2)} s  ${what}`);
}
const go = (place) => page.evaluate((hash) => (location.hash = hash), `#/${place}`);
const shot = (name) => page.screenshot({ path: join(args.shots, `${name}.png`) });
const said = (pattern) => page.getByText(pattern).first().waitFor({ timeout: 60000 });
const field = page.getByLabel('Tell it something');

await step('the page is there', async () => {
  await page.goto(args.url);
  await field.waitFor();
});
await step('what it was told last is shown', () => page.locator('.words').first().waitFor({ timeout: 60000 }));
for (const turn of ['first', 'second']) {
  await step(`told (${turn})`, async () => {
    await field.fill(turn === 'first' ? args.tell : 'The weather in Rome is mild.');
    await page.keyboard.press('Enter');
    await page.getByText(/Stored as input/).nth(turn === 'first' ? 0 : 1).waitFor({ timeout: 60000 });
  });
  await step(`asked (${turn})`, async () => {
    await field.fill(args.ask);
    await page.keyboard.press('Enter');
    await page.locator('.answer').nth(turn === 'first' ? 0 : 1).waitFor({ timeout: 60000 });
  });
}
await page.getByText('How do you know?').last().click();
await page.waitForTimeout(500);
await shot('talk');
await step('an input is withdrawn', async () => {
  await page.getByRole('button', { name: 'Withdraw' }).last().click();
  await said(/no longer known/);
});
await step('and that is undone', async () => {
  await page.locator('.conversation').getByRole('button', { name: 'Undo' }).click();
  await page.getByText(/no longer known/).waitFor({ state: 'detached', timeout: 60000 });
});
await step('the graph of 300 concepts is there', async () => {
  await go('graph');
  await page.waitForFunction(() => globalThis.noemaDrawing?.model.graph.order > 20, null, { timeout: 60000 });
});
await step('and laid out', () => page.waitForFunction(() => !globalThis.noemaDrawing.isSettling, null, { timeout: 60000 }));
await shot('graph');
await step('a concept is found', async () => {
  await page.getByLabel('Find a concept').fill(args.concept);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.locator('.node-card').waitFor({ timeout: 60000 });
});
await step('and expanded', async () => {
  await page.locator('.node-card').getByRole('button', { name: 'Expand' }).click();
  await page.locator('.node-card').getByRole('button', { name: 'Collapse' }).waitFor({ timeout: 60000 });
});
await page.waitForTimeout(3500);
await shot('graph_concept');
await step('everything of a concept is shown', async () => {
  await go(`concept/${encodeURIComponent(args.concept)}`);
  await page.locator('h1', { hasText: args.concept }).waitFor({ timeout: 60000 });
  await page.waitForFunction(() => !document.querySelector('.waiting'), null, { timeout: 60000 });
});
await shot('concept');
const examples = await page.locator('.senses li li').allInnerTexts();
if (examples.some((one) => !one.toLowerCase().includes(args.concept.toLowerCase()))) faults.push('an example of a sense is without its word');
await step('thinking is shown', async () => {
  await go('thinking');
  await page.locator('.thought').first().waitFor({ timeout: 60000 });
  await page.waitForFunction(() => !document.querySelector('.waiting'), null, { timeout: 60000 });
});
await step('it thought for 2 seconds', async () => {
  await page.getByRole('button', { name: 'Think for 2 seconds' }).click();
  await said(/bits shorter/);
});
await page.waitForTimeout(1500);
await shot('thinking');
await step('a thought is undone', async () => {
  const last = page.locator('.thought:not(.undone)', { has: page.locator('button') }).first();
  await last.locator('button').click();
  await last.locator('button').click();
  await said(/was taken back|stands on/);
});
for (const fault of faults) console.log(`FAULT ${fault}`);
await browser.close();
process.exit(faults.length > 0 ? 1 : 0);
