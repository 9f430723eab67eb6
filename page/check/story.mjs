// A village, as lines for `noema feed --format jsonl`: who lives and works where, who is whose child, what is sold and
// read at the market, a river with its banks, and questions with their answers. The same each time.

const people = 'Ann Ben Cleo Dan Eva Finn Gil Hana Ines Jon Kim Lea Mo Nora Otto Pia'.split(' ');
const towns = 'Oslo Lima Kyoto Turin Porto'.split(' ');
const works = 'mill bakery harbour school library'.split(' ');
const goods = 'bread salt cloth grain glass fish'.split(' ');

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const next = numbers(7);
const one = (list) => list[Math.floor(next() * list.length)];

function told() {
  const lines = [];
  people.forEach((p, i) => {
    lines.push(['Mia', `${p} lives in ${towns[i % 5]} .`], ['Tom', `${p} works at the ${works[(i * 3) % 5]} .`]);
  });
  for (let i = 0; i < people.length; i += 4) {
    const [mother, father, child, friend] = people.slice(i, i + 4);
    lines.push(['Mia', `${child} was born to ${mother} .`], ['Mia', `${mother} is married to ${father} .`]);
    lines.push(['Tom', `the father of ${child} is ${father} .`], ['Tom', `${friend} is the friend of ${child} .`]);
  }
  const sayings = [
    () => `${one(people)} sold the ${one(goods)} at the market in ${one(towns)} .`,
    () => `${one(people)} bought ${one(goods)} from the old market hall .`,
    () => `the price of ${one(goods)} in ${one(towns)} went up again .`,
    () => `${one(people)} took the night train to ${one(towns)} .`,
    () => `the night train to ${one(towns)} was late again .`,
    () => `${one(people)} sat on the bank of the river and watched the water .`,
    () => `the water of the river rose to the bank near the old mill .`,
    () => `${one(people)} brought the money to the bank and asked for a loan .`,
    () => `the bank gave ${one(people)} a loan for the new bakery .`,
  ];
  for (let i = 0; i < 90; ++i) lines.push([null, one(sayings)()]);
  lines.push(['Mia', 'Ann lives in Lima .'], ['Mia', 'Mo lives in Porto .'], ['Mia', 'Pia lives in Kyoto .']);
  return lines;
}

function asked() {
  const homes = people.slice(0, 8).map((p, i) => [`where does ${p} live ?`, p === 'Ann' ? 'Lima' : towns[i % 5]]);
  const places = people.slice(0, 6).map((p, i) => [`where does ${p} work ?`, works[(i * 3) % 5]]);
  return [...homes, ...places];
}

export function story() {
  const begin = Date.UTC(2026, 2, 1, 8);
  const hour = 3600000;
  const time = (i) => new Date(begin + i * 2 * hour).toISOString();
  const lines = told().map(([speaker, text], i) => ({ text, time: time(i), ...(speaker ? { speaker } : {}) }));
  asked().forEach(([text, answer], i) => lines.push({ text, answer, time: time(lines.length + i) }));
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}
