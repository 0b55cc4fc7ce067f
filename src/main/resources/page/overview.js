// The sentence, what needs a person, what runs, and how channels, triggers and nodes stand.
import { get, post, startBackup, stopRun } from './api.js';
import { bar, button, duration, fill, h, lasting, many, now, number, progressText, siteLink, state, table, when, write } from './dom.js';

const RUNNING = 8;
const NEEDS = 20;
const ICONS = { ok: ['#3f9162', 'M4 8.5l3 3 5-6'], warning: ['#b9770e', 'M8 4v5m0 2v1'], failed: ['#dc4a4a', 'M5 5l6 6m0-6l-6 6'], unknown: ['#7d8894', 'M4 8h8'] };

/** The tab tells the state: its mark, and how many sites need a person. */
function tab(level, count) {
  const [colour, path] = ICONS[level] ?? ICONS.unknown;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="${colour}"/><path d="${path}" stroke="#fff" stroke-width="2" fill="none"/></svg>`;
  document.querySelector('link[rel=icon]').href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  document.title = count ? `(${number(count)}) Backups` : level === 'ok' ? 'Backups: all good' : 'Backups';
}

export const stopButton = (run) => button('Stop', () => stopRun(run.id), { ask: 'Really stop?', name: `Stop the backup of ${run.site}` });

const clockTime = (at) => when(at).slice(11);
const waiting = ({ text, since, until }) => ` · waits for ${text}${since ? `, since ${clockTime(since)}` : ''}${until ? `, at most until ${clockTime(until)}` : ''}`;

export class Overview {
  constructor(host, rest, { may }) {
    this.may = may;
    this.runs = new Map();
    this.needs = h('section', { id: 'needs', 'aria-labelledby': 'needs-title', hidden: true });
    this.list = h('ul', { class: 'rows' });
    this.more = h('p', { class: 'quiet' });
    this.running = h('section', { id: 'running', 'aria-labelledby': 'running-title', hidden: true }, h('h2', { id: 'running-title' }, 'Running'), this.list, this.more);
    this.rows = new Map();
    this.drawn = '';
    host.append(this.needs, this.running);
    this.parts = h('div');
    this.details = h('details', { id: 'channels', ontoggle: () => this.details.open && this.showChannels() }, h('summary', null, 'Channels, triggers and nodes'), this.parts);
    rest.append(this.details);
    setInterval(() => this.elapsed(), 1000);
  }

  summary(summary) {
    const needs = summary.needsYou;
    this.last = summary;
    write(document.getElementById('sentence'), summary.sentence);
    document.getElementById('head').dataset.level = summary.level;
    this.at = summary.at;
    this.facts();
    tab(summary.level, needs.count);
    this.away = false;
    this.showNeeds(summary);
    this.runs = new Map(summary.running.map((run) => [run.id, run]));
    this.all = summary.states.running;
    this.showRuns();
  }

  facts() {
    const { demo, node, caller } = this.last;
    const facts = [`as of ${when(this.at)}`, `node ${node}`, `signed in as ${caller.name} (${caller.scope})`];
    write(document.getElementById('facts'), (demo ? 'Demo with simulated sites and a made-up history · ' : '') + facts.join(' · '));
  }

  /** There is no answer, or none that says how it stands: then nothing is called good. */
  unknown(sentence) {
    this.away = true;
    if (sentence) write(document.getElementById('sentence'), sentence);
    document.getElementById('head').dataset.level = 'unknown';
    tab('unknown', 0);
  }

  /** The service has answered: what is shown is as of now. */
  heard() {
    if (!this.last) return;
    this.at = now();
    if (this.away) this.summary({ ...this.last, at: new Date(this.at).toISOString() });
    else this.facts(), this.showNeeds(this.last);
  }

  showNeeds({ needsYou: needs }) {
    const { channels = [], triggers = [] } = needs;
    const ages = [...needs.sites, ...channels, ...triggers].map((one) => lasting(one.since));
    const drawn = JSON.stringify([needs, ages, this.may('start'), this.may('admin')]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = document.activeElement?.closest?.('#needs [data-key]')?.dataset.key;
    const sites = needs.sites.slice(0, NEEDS);
    const row = (key, word, { since }, who, what, act) => h('li', { 'data-key': key }, state(word, lasting(since)), who, h('span', { class: 'what' }, what), act);
    const rows = [
      ...sites.map((site) => row(site.site, site.state, site, siteLink(site.site, site.title), [`${site.reason ?? ''} `, site.advice && h('em', null, site.advice)],
        this.may('start') && button('Back up now', () => startBackup(site.site), { name: `Back up ${site.title || site.site} now` }))),
      ...channels.map((one) => row(`channel ${one.channel}`, one.parked ? 'failed' : 'warning', one, h('span', null, `Channel ${one.channel}`),
        [one.parked ? `${many(one.parked, 'message')} given up: ` : 'It is not reached: ', one.lastError ?? 'no reason is known'],
        this.may('admin') && one.parked > 0 && button('Try again', async () => {
          const { retried } = await post(`/api/outbox/retry?channel=${encodeURIComponent(one.channel)}`);
          return `${many(retried, 'message')} tried again.`;
        }, { name: `Try the messages for ${one.channel} again` }))),
      ...triggers.map((one) => row(`trigger ${one.trigger}`, 'failed', one, h('span', null, `Trigger ${one.trigger}`), `It takes no requests: ${one.reason ?? 'no reason is known'}`)),
    ];
    const left = needs.count - sites.length;
    const retry = this.may('start') && sites.length > 1
      && button('Retry all of these', () => this.retryAll(), { ask: `Really start ${many(needs.count, 'backup')}?`, main: true });
    fill(this.needs,
      h('h2', { id: 'needs-title' }, 'Needs you', retry),
      h('ul', { class: 'rows' }, rows),
      left > 0 && h('p', { class: 'quiet' }, 'and ', h('a', { href: '/?state=missed,failed,warning&sort=state' }, `${number(left)} more`)));
    this.needs.hidden = rows.length === 0;
    if (focused) this.needs.querySelector(`[data-key="${CSS.escape(focused)}"] :is(button, a)`)?.focus();
  }

  async retryAll() {
    const told = { runs: 0, busy: 0, skipped: 0 };
    for (const word of ['failed', 'missed']) {
      if (!this.last.states[word]) continue;
      const answer = await post('/api/backups', { state: word });
      for (const key of Object.keys(told)) told[key] += answer[key]?.length ?? 0;
    }
    return `${many(told.runs, 'backup')} queued, ${number(told.busy)} under way already, ${number(told.skipped)} left out.`;
  }

  progress(run) {
    if (run.state === 'running' || run.state === 'queued') this.runs.set(run.id, { ...this.runs.get(run.id), ...run });
    else this.runs.delete(run.id);
    this.showRuns();
  }

  showRuns() {
    const shown = [...this.runs.values()].sort((a, b) => (a.state < b.state ? 1 : -1) * (a.state !== b.state) || (a.queuedAt < b.queuedAt ? -1 : 1)).slice(0, RUNNING);
    const keep = new Set(shown.map((run) => run.id));
    for (const [id, row] of this.rows) if (!keep.has(id)) row.element.remove(), this.rows.delete(id);
    for (const run of shown) {
      const row = this.rows.get(run.id) ?? this.row(run);
      row.run = run;
      row.bar.value = run.progress;
      row.bar.textContent = `${run.progress} %`;
      write(row.text, run.waitsFor ? progressText({ ...run, stepText: '' }) + waiting(run.waitsFor) : progressText(run));
    }
    const left = Math.max(this.all ?? 0, this.runs.size) - shown.length;
    write(this.more, left > 0 ? `and ${number(left)} more` : '');
    this.running.hidden = shown.length === 0;
    this.elapsed();
  }

  row(run) {
    const row = { bar: bar(run), text: h('span', { class: 'what' }), clock: h('span', { class: 'clock' }) };
    row.element = h('li', null, siteLink(run.site), row.bar, row.text, row.clock, this.may('start') && stopButton(run));
    this.rows.set(run.id, row);
    this.list.append(row.element);
    return row;
  }

  elapsed() {
    for (const { run, clock } of this.rows.values()) {
      const began = run.startedAt ?? run.queuedAt;
      write(clock, duration(now() - Date.parse(began)) + (run.usualDurationMs ? ` of about ${duration(run.usualDurationMs)}` : ''));
    }
  }

  /** What a caller may do has changed: buttons come or go. */
  redraw() {
    this.drawn = '';
    for (const row of this.rows.values()) row.element.remove();
    this.rows.clear();
    if (this.last) this.summary(this.last);
  }

  async showChannels() {
    const status = await get('/api/status').catch((problem) => ({ problem }));
    if (status.problem) return fill(this.parts, status.problem.message);
    const triggers = this.last?.needsYou.triggers ?? [];
    fill(this.parts,
      h('p', null, `${many(status.nodes, 'node')} on this store; this page comes from ${this.last?.node}. `,
        triggers.length ? `Triggers that take no requests: ${triggers.map((one) => one.trigger).join(', ')}.` : 'All triggers take requests.'),
      status.channels.length === 0 ? h('p', null, 'No channel is configured: nobody is told how backups end.')
        : table('Channels', ['Channel', 'Type', 'On their way', 'Waiting', 'Given up', 'Not reached since', 'Last error'], status.channels.map((one) => [
          one.channel, one.type ?? 'not configured', number(one.pending), number(one.waiting), number(one.parked), when(one.failingSince ?? one.parkedSince), one.lastError])));
  }
}
