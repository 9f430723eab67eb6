// Bundles the page into one HTML document with one script and one style sheet, and writes the policy that allows just
// those, and the licences of what is in it: dist/page.html, dist/policy.txt, dist/LICENSES.txt.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const here = new URL('.', import.meta.url).pathname;
const bundled = await build({
  entryPoints: [`${here}src/main.jsx`],
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  outdir: '/out',
});
const textOf = (ending) => bundled.outputFiles.find((file) => file.path.endsWith(ending)).text.trim();
const script = textOf('.js').replaceAll('</script', '<\\/script');
const style = textOf('.css');
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const html = readFileSync(`${here}src/page.html`, 'utf8')
  .replace('/*style*/', () => style)
  .replace('/*script*/', () => script);
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  'worker-src blob:',
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const packages = new Set(
  Object.keys(bundled.metafile.inputs)
    .map((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean),
);
let licences = 'What is bundled in page.html, with its licences.\n';
for (const name of [...packages].sort()) {
  const folder = `${here}node_modules/${name}/`;
  const { version, license } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  licences += `\n${'='.repeat(80)}\n${name} ${version} (${license})\n\n${file ? readFileSync(folder + file, 'utf8').trim() : ''}\n`;
}

mkdirSync(`${here}dist`, { recursive: true });
writeFileSync(`${here}dist/page.html`, html);
writeFileSync(`${here}dist/policy.txt`, `${policy}\n`);
writeFileSync(`${here}dist/LICENSES.txt`, licences);
console.log(`page/dist/page.html: ${(html.length / 1024).toFixed(0)} KiB, from ${[...packages].sort().join(', ')}`);
