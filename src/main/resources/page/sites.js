// The table of all sites: some rows in the document, the rest in memory.
import { call, get } from './api.js';
import { age, ahead, duration, h, legend, LETTERS, marks, number, proofState, proofText, size, siteLink, spark, stripText, when, write } from './dom.js';

const STATES = ['missed', 'failed', 'warning', 'paused', 'running', 'never', 'completed'];
const PROOFS = ['unproved', 'overdue', 'never', 'proved'];
const WORST = ['paused', 'missed', 'failed', 'warning', 'running', 'completed', 'never'];
const CHIPS = 12;
const PRINTED = 2000;

// head, key of the order (the API's words), what is compared
const COLUMNS = [
  ['State', 'state', (s) => WORST.indexOf(s.state)],
  ['Site', 'name', (s) => s.site],
  ['Tags'],
  ['Last good', 'lastGood', (s) => s.lastGood ?? ''],
  ['30 days'],
  ['Size', 'size', (s) => s.size ?? -1],
  ['Duration', 'duration', (s) => s.durationMs ?? -1],
  ['Next', 'nextRun', (s) => s.nextRun ?? '9'],
  ['Schedule'],
];

const busy = (site) => site.state === 'running' || ['queued', 'running'].includes(site.run?.state);

export class SiteTable {
  /** @param change of the address: the table shows what it says */
  constructor(host, { change, open }) {
    this.change = change;
    this.open = open;
    this.all = new Map();
    this.etags = new Map();
    this.shown = [];
    this.active = 0;
    this.pool = [];
    this.days = new Map();
    this.search = h('input', { type: 'search', id: 'search', placeholder: 'Search ( / )', 'aria-label': 'Search sites', oninput: () => change({ q: this.search.value }, true) });
    this.count = h('span', { id: 'count', class: 'quiet', role: 'status' });
    const chips = (label) => h('div', { class: 'chips', role: 'group', 'aria-label': label });
    this.states = chips('Only sites of these states');
    this.proofs = chips('Only sites of which restore tests say so');
    this.tags = chips('Only sites with these tags');
    this.heads = COLUMNS.map(([label, key], i) => h('div', { role: 'columnheader', class: `c${i}`, 'aria-sort': key && 'none' },
      key ? h('button', { type: 'button', onclick: () => change({ sort: this.params.sort === key || (key === 'name' && !this.params.sort) ? `-${key}` : key === 'name' ? '' : key }) }, label) : label));
    this.body = h('div', { role: 'rowgroup', class: 'body' });
    this.scroller = h('div', { class: 'scroller', onscroll: () => this.later() }, this.body);
    this.grid = h('div', { role: 'grid', id: 'grid', 'aria-label': 'Sites', onkeydown: (event) => this.key(event), onclick: (event) => this.click(event) },
      h('div', { role: 'rowgroup' }, h('div', { role: 'row', class: 'row heads' }, this.heads)), this.scroller);
    host.append(h('section', { 'aria-labelledby': 'sites-title' },
      h('h2', { id: 'sites-title' }, 'Sites', this.count),
      h('div', { class: 'tools' }, this.search, h('button', { type: 'button', id: 'csv', onclick: () => this.csv() }, 'CSV')),
      this.states, this.proofs, this.tags, this.grid, legend()));
    addEventListener('resize', () => this.later());
    addEventListener('beforeprint', () => this.print());
    addEventListener('afterprint', () => this.draw());
    setInterval(() => this.later(), 30000);
  }

  /** Page after page, so that the first rows come soon; what has not changed is not sent again. */
  async load() {
    const fresh = new Map();
    const heard = this.heard = new Map(); // newer than the pages that were read before
    let next = '/api/sites?limit=100';
    while (next) {
      const known = this.etags.get(next);
      const response = await call(next, { headers: known ? { 'If-None-Match': known.etag } : {} });
      const page = response.status === 304 ? known : {
        etag: response.headers.get('ETag'),
        sites: await response.json(),
        next: response.headers.get('Link')?.match(/<([^>]+)>; rel="next"/)?.[1].replace('limit=100&', 'limit=1000&'),
      };
      if (page.etag) this.etags.set(next, { etag: page.etag, next: page.next, sites: page.sites });
      this.total = Number(response.headers.get('X-Total-Count')) || this.total;
      if (heard !== this.heard) return; // it is read anew already
      for (const site of page.sites) fresh.set(site.site, prepared(site));
      if (this.all.size < fresh.size) this.replace(new Map([...fresh, ...heard]));
      next = page.next;
    }
    this.replace(new Map([...fresh, ...heard]));
  }

  replace(sites) {
    this.all = sites;
    this.filter();
  }

  /** A site's standing has changed. */
  site(site) {
    this.all.set(site.site, prepared(site));
    this.heard?.set(site.site, site);
    this.soon();
  }

  progress(run) {
    const site = this.all.get(run.site);
    if (!site) return;
    site.run = run;
    if (this.params?.state?.includes('running')) this.soon();
    else this.later();
  }

  /** A wave of changes is put in order once a second. */
  soon() {
    this.timer ??= setTimeout(() => { this.timer = null; this.filter(); }, 1000);
  }

  /** What the address says: state, proof, tag, q, sort. */
  show(params) {
    const changed = JSON.stringify(params) !== JSON.stringify(this.params);
    this.params = params;
    if (this.search.value !== (params.q ?? '')) this.search.value = params.q ?? '';
    if (changed) this.active = this.scroller.scrollTop = 0;
    this.filter();
  }

  summary(summary) {
    this.counts = summary.states;
    if (JSON.stringify(this.allTags) !== JSON.stringify(summary.tags)) this.allTags = summary.tags;
    this.chips();
  }

  filter() {
    if (!this.params) return;
    const { q = '', sort = 'name' } = this.params;
    const text = q.trim().toLowerCase();
    const [states, proofs, tags] = ['state', 'proof', 'tag'].map((key) => this.chosen(key));
    const fits = (words, test) => !words.length || words.some(test);
    this.proved = {};
    const kept = [...this.all.values()].filter((site) => {
      const proof = proofState(site);
      if (proof) this.proved[proof] = (this.proved[proof] ?? 0) + 1;
      return fits(states, (word) => word === 'running' ? busy(site) : word === site.state)
        && fits(proofs, (word) => word === proof)
        && fits(tags, (tag) => site.tags.includes(tag))
        && site.text.includes(text);
    });
    const back = sort.startsWith('-') ? -1 : 1;
    const value = (COLUMNS.find(([, key]) => key === sort.replace('-', '')) ?? COLUMNS[1])[2];
    kept.sort((a, b) => {
      const x = value(a), y = value(b);
      return (x < y ? -back : x > y ? back : 0) || (a.site < b.site ? -1 : 1);
    });
    const at = this.shown[this.active]?.site;
    this.shown = kept;
    // the row that has the focus keeps it where it goes
    if (at && this.grid.contains(document.activeElement)) this.active = Math.max(0, kept.findIndex((site) => site.site === at));
    this.heads.forEach((head, i) => COLUMNS[i][1] && head.setAttribute('aria-sort', COLUMNS[i][1] !== sort.replace('-', '') ? 'none' : back > 0 ? 'ascending' : 'descending'));
    this.grid.classList.toggle('doubts', Boolean(this.proved.unproved || this.proved.overdue));
    write(this.count, kept.length === this.all.size ? ` ${number(kept.length)}` : ` ${number(kept.length)} of ${number(this.all.size)}`);
    this.chips();
    this.draw();
  }

  /** The words that the address has for this filter. */
  chosen(key) {
    return this.params[key]?.split(',') ?? [];
  }

  chips() {
    if (!this.params) return;
    const chip = (key, word, label, mark) => {
      const chosen = this.chosen(key);
      const on = chosen.includes(word);
      const element = h('button', { type: 'button', class: 'chip', 'aria-pressed': String(on), 'data-chip': `${key} ${word}`, onclick: () => this.change({ [key]: (on ? chosen.filter((one) => one !== word) : [...chosen, word]).join(',') }) }, label);
      if (mark) element.style.backgroundImage = marks(mark);
      return element;
    };
    const counted = (key, words, counts = {}, label, mark) => words.filter((word) => counts[word] || this.chosen(key).includes(word))
      .map((word) => chip(key, word, `${label(word)} ${number(counts[word] ?? 0)}`, mark?.(word)));
    const tags = [...new Set([...this.chosen('tag'), ...(this.allTags ?? [])])];
    const key = JSON.stringify([this.counts, this.proved, tags, this.params, this.wide]);
    if (key === this.drawnChips) return;
    this.drawnChips = key;
    const focused = document.activeElement?.dataset?.chip;
    this.states.replaceChildren(...counted('state', STATES, this.counts, (word) => word, (word) => LETTERS[word]));
    this.proofs.replaceChildren(...counted('proof', PROOFS, this.proved, proofText));
    this.tags.replaceChildren(...tags.slice(0, this.wide ? undefined : CHIPS).map((tag) => chip('tag', tag, tag)),
      ...(tags.length > CHIPS && !this.wide ? [h('button', { type: 'button', class: 'chip', onclick: () => { this.wide = true; this.chips(); } }, `${tags.length - CHIPS} more`)] : []));
    if (focused) document.querySelector(`[data-chip="${CSS.escape(focused)}"]`)?.focus();
  }

  later() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
  }

  height() {
    return parseInt(getComputedStyle(this.grid).getPropertyValue('--row'), 10) || 30;
  }

  draw() {
    const height = this.height();
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / height) - 1);
    const last = Math.min(this.shown.length, first + Math.ceil((this.scroller.clientHeight || 600) / height) + 2);
    this.body.style.height = `${this.shown.length * height}px`;
    this.grid.setAttribute('aria-rowcount', this.shown.length + 1);
    const rows = [];
    for (let i = first; i < last; i++) rows.push(this.fill(this.pool[i - first] ??= row(), i, height));
    for (const spare of this.pool.splice(rows.length)) spare.element.remove();
    for (const one of rows) if (!one.element.isConnected) this.body.append(one.element);
    this.body.dataset.empty = this.shown.length === 0 ? (this.all.size ? 'No site is like this.' : 'No sites yet: the command "add-site" adds one.') : '';
    clearTimeout(this.daysTimer);
    this.daysTimer = setTimeout(() => this.fetchDays(first, last), 200);
  }

  fill(one, i, height) {
    const site = this.shown[i];
    const [mark, link, tags, good, strip, bytes, took, next, schedule] = one.cells;
    one.element.style.transform = `translateY(${i * height}px)`;
    one.element.setAttribute('aria-rowindex', i + 2);
    one.element.tabIndex = i === this.active ? 0 : -1;
    one.element.dataset.row = i;
    const run = busy(site) && site.run;
    mark.className = `c0 state ${site.state}`;
    mark.style.backgroundImage = marks(LETTERS[site.state] ?? '-');
    write(mark, !run ? site.state : run.state === 'queued' ? `${site.state === 'running' ? '' : `${site.state}, `}queued` : `${site.state === 'running' ? 'running' : `${site.state},`} ${run.progress} %`);
    if (one.site !== site.site || one.title !== site.title) {
      const a = siteLink(site.site, site.title);
      a.tabIndex = -1;
      link.replaceChildren(a, ...(site.title ? [h('small', null, ` ${site.site}`)] : []));
      one.site = site.site;
      one.title = site.title;
    }
    write(tags, site.tags.join(', '));
    write(good, age(site.lastGood) + doubt(site));
    good.className = `c3 ${doubt(site) && proofState(site)}`.trim();
    good.title = when(site.lastGood, true) + (site.proof?.provedAt ? `; proved by a restore ${age(site.proof.provedAt)}` : '');
    strip.style.backgroundImage = marks(site.strip ?? '', 5);
    strip.setAttribute('aria-label', stripText(site.strip ?? ''));
    strip.title = strip.getAttribute('aria-label');
    const days = this.days.get(site.site) ?? [];
    write(bytes, size(site.size));
    bytes.style.backgroundImage = spark(days.map((day) => day.size));
    write(took, duration(site.durationMs));
    took.style.backgroundImage = spark(days.map((day) => day.durationMs));
    write(next, site.state === 'paused' ? (site.paused?.until ? `paused ${ahead(site.paused.until)}` : 'paused') : ahead(site.nextStart ?? site.nextRun));
    next.title = when(site.nextStart ?? site.nextRun, true);
    write(schedule, site.enabled === false ? 'switched off' : site.scheduleInWords ?? (site.watched ? 'by others, watched' : 'on events only'));
    schedule.title = `${site.schedule ?? ''} ${site.zone ?? ''}`;
    return one;
  }

  /** The numbers of the small lines, for the rows that are looked at. */
  async fetchDays(first, last) {
    const names = this.shown.slice(first, last).map((site) => site.site).filter((name) => !this.days.has(name)).slice(0, 50);
    if (!names.length) return;
    if (this.days.size > 500) this.days.clear();
    for (const name of names) this.days.set(name, []);
    const days = await get(`/api/days?sites=${names.map(encodeURIComponent).join(',')}`).catch(() => []);
    for (const day of days) this.days.get(day.site)?.push(day);
    this.later();
  }

  /** After an outcome the small lines are read anew. */
  forgetDays(site) {
    this.days.delete(site);
  }

  click(event) {
    const index = event.target.closest('[data-row]')?.dataset.row;
    if (index === undefined || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.active = Number(index);
    this.open(this.shown[this.active].site);
  }

  key(event) {
    if (event.target.closest('.heads')) {
      if (event.key === 'ArrowDown') this.focus(), event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.height()) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.active = Math.min(this.shown.length - 1, Math.max(0, this.active + step));
      this.focus();
    } else if (event.key === 'Enter' && this.shown[this.active]) {
      event.preventDefault();
      this.open(this.shown[this.active].site);
    }
  }

  /** The focus goes to the active row. */
  focus() {
    const height = this.height();
    const top = this.active * height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + height > scrollTop + clientHeight) this.scroller.scrollTop = top + height - clientHeight;
    this.draw();
    this.pool.find((one) => Number(one.element.dataset.row) === this.active)?.element.focus({ preventScroll: true });
  }

  /** Paper has no scroll bar: all rows, with instants in place of ages. */
  print() {
    const height = this.height();
    this.shown.slice(this.pool.length, PRINTED).forEach(() => this.pool.push(row()));
    this.shown.slice(0, PRINTED).forEach((site, i) => {
      const one = this.fill(this.pool[i], i, height);
      write(one.cells[3], (when(site.lastGood, true) || 'never') + doubt(site));
      write(one.cells[7], when(site.nextStart ?? site.nextRun, true));
      if (!one.element.isConnected) this.body.append(one.element);
    });
    this.body.dataset.empty = this.shown.length > PRINTED ? `These are the first ${number(PRINTED)} of ${number(this.shown.length)} sites; the CSV has all.` : '';
  }

  csv() {
    const line = (values) => values.map(cell).join(',');
    const lines = this.shown.map((s) => line([s.site, s.title, s.state, s.tags.join(' '), s.lastGood, s.nextStart ?? s.nextRun, s.schedule, s.zone, s.size, s.durationMs, s.strip, s.reason, s.proof?.provedAt, proofState(s)]));
    lines.unshift(line(['site', 'title', 'state', 'tags', 'last_good', 'next_start', 'schedule', 'zone', 'size_bytes', 'duration_ms', 'days_30', 'reason', 'proved', 'proof']));
    const url = URL.createObjectURL(new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' }));
    h('a', { href: url, download: `backups-${new Date().toISOString().slice(0, 10)}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }
}

/** What a spreadsheet would take for a formula is text there, too. */
export function cell(value) {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function doubt(site) {
  const word = proofState(site);
  return word === 'unproved' || word === 'overdue' ? ` · ${proofText(word)}` : '';
}

function prepared(site) {
  site.text = [site.site, site.title ?? '', ...site.tags].join('\n').toLowerCase();
  return site;
}

function row() {
  const cells = COLUMNS.map((column, i) => h('div', { role: 'gridcell', class: `c${i}` }));
  return { cells, element: h('div', { role: 'row', class: 'row' }, cells) };
}
