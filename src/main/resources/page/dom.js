// Elements, words and marks. A text of the server becomes a text node or an attribute, never HTML.

/** An element: h('a', {href: '/', onclick: f}, 'text', child). Attributes that are null or false are left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...present(children));
  return element;
}

const present = (children) => children.flat(2).filter((child) => child != null && child !== false);

/** These children in place of those that are there. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/** A table that scrolls in itself where the screen is narrow; the first cell of each row is its head. */
export function table(label, heads, rows) {
  return h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': label }, h('table', null,
    h('thead', null, h('tr', null, heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', null, rows.map(tableRow))));
}

export const tableRow = ([first, ...rest]) => h('tr', null, h('th', { scope: 'row' }, first), rest.map((cell) => h('td', null, cell)));

/** Writes a text, unless it is there already. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export const LETTERS = { completed: 'c', warning: 'w', failed: 'f', missed: 'm', running: 'r', paused: 'p', never: '-' };
const DAYS = { c: 'completed', w: 'with warnings', f: 'failed', m: 'missed', r: 'running', p: 'paused', '-': 'nothing due', '.': 'not there yet' };

// One shape a state, so that no colour is needed; colours stand out from white and from black alike.
const GREY = '#7d8894';
const SHAPES = {
  c: ['fill', '#3f9162', (x, w) => `M${x} 1h${w}v12h-${w}z`],
  w: ['fill', '#b9770e', (x, w) => `M${x} 6h${w}v7h-${w}zM${x + w / 4} 1h${w / 2}v3h-${w / 2}z`],
  f: ['fill', '#dc4a4a', (x, w) => `M${x} 1h${w}l-${w} 12h${w}z`],
  m: ['stroke', '#dc4a4a', (x, w) => `M${x + 0.75} 1.75h${w - 1.5}v10.5h-${w - 1.5}z`],
  r: ['fill', '#3b82c4', (x, w) => `M${x} 1l${w} 6l-${w} 6z`],
  p: ['stroke', GREY, (x, w) => `M${x + w / 4} 2v10m${w / 2} 0v-10`],
  '-': ['stroke', GREY, (x, w) => `M${x + w / 4} 7h${w / 2}`],
  '.': ['stroke', GREY, (x, w) => `M${x + w / 2 - 0.5} 12h1`],
};

function picture(width, height, content) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="none" stroke-width="1.5">${content}</svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}

const marked = new Map();

/** The marks of these letters as a CSS image, each so wide and 14 pixels high. */
export function marks(letters, width = 12) {
  const key = width + letters;
  let image = marked.get(key);
  if (!image) {
    const paths = {};
    [...letters].forEach((letter, i) => {
      if (SHAPES[letter]) paths[letter] = (paths[letter] ?? '') + SHAPES[letter][2](i * (width + 1), width);
    });
    image = picture(letters.length * (width + 1), 14, Object.entries(paths).map(([letter, path]) => `<path ${SHAPES[letter][0]}="${SHAPES[letter][1]}" d="${path}"/>`).join(''));
    if (marked.size > 1000) marked.clear();
    marked.set(key, image);
  }
  return image;
}

/** A line of these numbers, 56 to 14 pixels, as a CSS image; null is a gap. */
export function spark(values) {
  const known = values.filter((value) => value != null);
  if (known.length < 2) return 'none';
  const top = Math.max(...known);
  const points = values.map((value, i) => value == null ? null : `${(2 + i * 52 / (values.length - 1)).toFixed(1)} ${(13 - 11 * value / (top || 1)).toFixed(1)}`);
  return picture(56, 15, `<path stroke="${GREY}" d="M${points.filter(Boolean).join('L')}"/>`);
}

/** "2 missed, 1 failed, 27 completed": the days of a strip for those who do not see it, the worst first. */
export function stripText(letters) {
  const counts = {};
  for (const letter of letters) counts[letter] = (counts[letter] ?? 0) + 1;
  return [...'mfwrpc-.'].filter((letter) => counts[letter]).map((letter) => `${counts[letter]} ${DAYS[letter]}`).join(', ');
}

export function dayText(day) {
  const parts = ['missed', 'failed', 'warning', 'completed'].filter((word) => day[word]).map((word) => `${day[word]} ${word}`);
  return parts.join(', ') || DAYS[day.letter] || DAYS['-'];
}

export const number = (value) => value.toLocaleString('en');
export const many = (count, one) => `${number(count)} ${one}${count === 1 ? '' : 's'}`;

export function size(bytes) {
  if (bytes == null) return '';
  if (bytes < 1000) return `${bytes} B`;
  const unit = Math.min(5, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** unit).toFixed(1)} ${' kMGTP'[unit]}B`;
}

export function duration(ms) {
  if (ms == null) return '';
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 5400) return `${Math.round(s / 60)} min`;
  return s < 172800 ? `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min` : `${Math.round(s / 86400)} d`;
}

let skew = 0;

/** The service's clock is the one that counts. */
export function clock(serverTime) {
  skew = Date.parse(serverTime) - Date.now();
}

export const now = () => Date.now() + skew;
export const short = (ms) => ms < 60e3 ? 'less than a minute' : ms < 3600e3 ? `${Math.round(ms / 60e3)} min` : ms < 172800e3 ? `${Math.round(ms / 3600e3)} h` : `${Math.round(ms / 86400e3)} d`;
const since = (at) => now() - Date.parse(at);
export const age = (at) => at == null ? 'never' : since(at) < 60e3 ? 'just now' : `${short(since(at))} ago`;
/** How long a state lasts, behind its word. */
export const lasting = (at) => at == null ? '' : since(at) < 60e3 ? ' just now' : ` for ${short(since(at))}`;
export const ahead = (at) => at == null ? '' : since(at) >= 0 ? 'now' : `in ${short(-since(at))}`;

/** 2026-11-30 02:40 where the reader is. */
export function when(at, utc) {
  if (at == null) return '';
  const here = new Date(at);
  const shown = new Date(utc ? here : here - here.getTimezoneOffset() * 60e3).toISOString();
  return shown.slice(0, 16).replace('T', ' ') + (utc ? ' UTC' : '');
}

/** Paper has it in UTC in place of its text. */
export const time = (at, text) => at && h('time', { datetime: at, title: when(at, true) }, text ?? when(at));

/** The link to a site's view; a click with a key pressed is the browser's. */
export function siteLink(site, title) {
  return h('a', { href: `/?site=${encodeURIComponent(site)}`, 'data-site': site }, title || site);
}

function mark(letter, kind, ...text) {
  const element = h('span', { class: `state ${kind}` }, ...text);
  element.style.backgroundImage = marks(letter);
  return element;
}

/** A word of state with its mark. */
export const state = (word, more) => mark(LETTERS[word] ?? '-', word, word, more);

/** What the marks of days mean. */
export const legend = () => h('p', { class: 'legend quiet' }, Object.entries(DAYS).map(([letter, word]) => mark(letter, '', word)), 'The worst of a day (UTC) counts.');

const PROOFS = { unproved: 'unproved', overdue: 'proof overdue', never: 'never proved', proved: 'proved' };
export const proofText = (word) => PROOFS[word];

/** What restore tests say of a site, in the API's words; undefined: there are none. */
export function proofState({ proof }) {
  if (!proof) return undefined;
  if (proof.verdict === 'unproved') return 'unproved';
  return proof.overdueSince ? 'overdue' : proof.provedAt ? 'proved' : 'never';
}

/** Says how something went, for some seconds. */
export function tell(text) {
  const told = document.getElementById('told');
  told.textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { told.textContent = ''; }, 8000);
}

/** A button that does something once at a time; with a question it asks for a second press. */
export function button(label, act, { ask, main, name } = {}) {
  let asked = 0;
  const show = (text) => {
    element.textContent = text;
    if (name) element.setAttribute('aria-label', text === label ? name : `${text} ${name}`);
  };
  const element = h('button', { type: 'button', class: main && 'main', 'aria-label': name, onclick: async (event) => {
    event.stopPropagation();
    if (ask && Date.now() - asked > 5000) {
      asked = Date.now();
      show(ask);
      setTimeout(show, 5000, label);
      return;
    }
    element.disabled = true;
    try {
      tell(await act());
    } catch (problem) {
      tell(problem.message);
    } finally {
      element.disabled = false;
    }
  } }, label);
  return element;
}

export const bar = (run) => h('progress', { max: 100, value: run.progress, 'aria-label': `Progress of ${run.site}` });
/** "41 % · Archiving · 3 of 8 files", or that it is queued. */
export const progressText = (run) => [run.state === 'queued' ? 'queued' : `${run.progress} %`, run.domain, run.stepText].filter(Boolean).join(' · ');
