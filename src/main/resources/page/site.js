// One site: its year, its plots, its runs with what happened in them, its archives, and what can be done.
import { get, pathOf, post, startBackup } from './api.js';
import { age, ahead, bar, button, dayText, duration, fill, h, legend, many, marks, number, progressText, size, state, table, tableRow, time, when, write } from './dom.js';
import { stopButton } from './overview.js';

const DAY = 86400e3;
const PAGE = 20; // runs, restore tests
const UPLOT = '/ui/uplot/1.6.30/uPlot.esm.js';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export class SiteView {
  constructor(host, { may, back }) {
    this.host = host;
    this.may = may;
    this.back = back;
    this.plots = [];
    addEventListener('resize', () => this.fit());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.name && this.open(this.name));
  }

  async open(name, run) {
    this.close();
    this.name = name;
    this.parts = Object.fromEntries(['head', 'calendar', 'plots', 'runs', 'proofs', 'archives', 'told'].map((part) => [part, h('section', { class: `part ${part}` })]));
    this.host.replaceChildren(h('p', null, h('a', { href: '/', 'data-back': '' }, '← All sites')), ...Object.values(this.parts));
    this.want = new Set([run]);
    await this.load();
  }

  close() {
    for (const plot of this.plots.splice(0)) plot.destroy();
    this.name = null;
  }

  /** Each part for itself: what can't be read says so in its place. */
  async load() {
    const query = `site=${encodeURIComponent(this.name)}`;
    const head = this.loadHead();
    await Promise.all([
      head,
      this.part('calendar', pathOf(this.name, '/days'), async (days) => {
        const name = this.name;
        await head;
        if (name !== this.name) return; // another site was opened meanwhile
        this.showCalendar(days);
        await this.showPlots(days);
      }),
      this.part('runs', `/api/runs?${query}&limit=${PAGE}`, this.showRuns),
      this.part('proofs', pathOf(this.name, `/proofs?limit=${PAGE}`), this.showProofs),
      this.part('archives', `/api/archives?${query}`, this.showArchives),
      this.part('told', null, this.showCommand),
    ]);
  }

  loadHead() {
    return this.part('head', pathOf(this.name), this.showHead);
  }

  async part(key, path, show) {
    const name = this.name;
    const element = this.parts[key];
    try {
      const value = path === null ? null : await get(path);
      if (name === this.name) await show.call(this, value, element);
    } catch (problem) {
      if (name === this.name) element.replaceChildren(h('p', { class: 'quiet' }, problem.status === 404 && key === 'head' ? `There is no site ${name}, or not for you.` : problem.message));
    }
  }

  /** The site's standing has changed, of which the stream tells what a list shows; a run ended: its days and runs, too. */
  changed(site, ended) {
    if (site.site !== this.name) return;
    if (ended) this.load();
    else this.loadHead();
  }

  progress(run) {
    if (run.site === this.name && this.live) {
      this.live.bar.value = run.progress;
      write(this.live.text, progressText(run));
    } else if (run.site === this.name && this.site) {
      this.showHead({ ...this.site, run }, this.parts.head);
    }
  }

  showHead(site, element) {
    this.site = site;
    const open = element.querySelector('details')?.open;
    if (open && element.contains(document.activeElement)) { // somebody types
      element.addEventListener('focusout', () => setTimeout(() => this.site === site && this.showHead(site, element)), { once: true });
      return;
    }
    const fact = (term, ...value) => [h('dt', null, term), h('dd', null, value)];
    const next = site.nextStart ?? site.nextRun;
    const run = site.run && ['queued', 'running'].includes(site.run.state) ? site.run : null;
    this.live = run && { bar: bar(run), text: h('span') };
    fill(element,
      h('h2', null, site.title || site.site, ' ', state(site.state)),
      site.reason && h('p', { class: 'reason' }, site.reason, ' ', site.advice && h('em', null, site.advice)),
      this.live && h('p', { class: 'live' }, this.live.bar, this.live.text, this.may('start') && stopButton(run)),
      h('p', { class: 'do' },
        this.may('start') && !run && site.enabled && button('Back up now', () => startBackup(site.site), { main: true }),
        this.may('admin') && site.paused && button('Resume the schedule', async () => {
          this.changedBy(await post(pathOf(site.site, '/resume')));
          return `${site.site} follows its schedule again.`;
        })),
      this.may('admin') && !site.paused && this.pauseForm(site, open),
      h('dl', null,
        fact('Name', site.site), site.tags.length > 0 && fact('Tags', site.tags.join(', ')),
        fact('Last good backup', site.lastGood ? time(site.lastGood, `${when(site.lastGood)} (${age(site.lastGood)})`) : 'never', site.size != null && `, ${size(site.size)}`, site.durationMs != null && ` in ${duration(site.durationMs)}`),
        site.usualDurationMs != null && fact('Usually takes', duration(site.usualDurationMs)),
        site.proof && fact('Proved by a restore', proved(site.proof)),
        fact('Schedule', site.enabled === false ? 'switched off' : `${site.scheduleInWords ?? site.schedule ?? (site.watched ? 'by others, watched' : 'on events only')} (${site.zone})`),
        next && fact('Next', time(next, `${when(next)} (${ahead(next)})`)),
        site.dueAt && fact('Missed after', time(site.dueAt)),
        site.failures > 0 && fact('Failures in a row', number(site.failures)),
        site.notifies && fact('Who hears of it', site.notifies.map((one) => `${one.channel} (${one.type}): ${one.on.join(', ')}`).join('; ') || 'nobody'),
        site.paused && fact('Paused', `since ${when(site.paused.since)}, ${site.paused.until ? `until ${when(site.paused.until)}` : 'until somebody resumes it'}`, site.paused.by && ` by ${site.paused.by}`, site.paused.reason && `: ${site.paused.reason}`)));
    if (run) this.progress(run);
  }

  changedBy(site) {
    if (site?.site === this.name) this.showHead(site, this.parts.head);
    else this.load();
  }

  pauseForm(site, open) {
    const until = h('input', { type: 'datetime-local', id: 'until' });
    const reason = h('input', { type: 'text', id: 'reason', maxlength: 200 });
    return h('details', { class: 'pause', open }, h('summary', null, 'Pause the schedule …'),
      h('label', { for: 'until' }, 'Until (empty: until somebody resumes it)'), until,
      h('label', { for: 'reason' }, 'Reason'), reason,
      button('Pause', async () => {
        const body = { ...(until.value && { until: new Date(until.value).toISOString() }), ...(reason.value && { reason: reason.value }) };
        const paused = await post(pathOf(site.site, '/pause'), body);
        document.activeElement?.blur();
        this.changedBy(paused);
        return `The schedule of ${site.site} is paused.`;
      }));
  }

  /** Seven rows of weeks; each day a cell with a mark of its own and its text. */
  showCalendar(days) {
    const known = new Map(days.map((day) => [day.day, day]));
    const today = Math.floor(Date.now() / DAY) * DAY;
    const first = Math.min(today, ...days.filter((day) => day.letter !== '.').map((day) => Date.parse(day.day)));
    const from = today - 364 * DAY;
    const monday = from - (new Date(from).getUTCDay() + 6) % 7 * DAY;
    const weeks = Math.ceil((today - monday + DAY) / (7 * DAY));
    const cell = (at) => {
      if (at < from || at > today) return h('td');
      const date = new Date(at).toISOString().slice(0, 10);
      const day = known.get(date) ?? { letter: this.letter(at, first) };
      const letter = day.letter ?? { missed: 'm', failed: 'f', warning: 'w', completed: 'c' }[day.worst] ?? '-';
      const text = `${date}: ${dayText({ ...day, letter })}`;
      const element = h('td', { 'data-letter': letter, title: text }, h('span', { class: 'unseen' }, text));
      element.style.backgroundImage = marks(letter);
      return element;
    };
    const heads = Array.from({ length: weeks }, (_, week) => {
      const date = new Date(monday + week * 7 * DAY);
      return date.getUTCDate() <= 7 ? h('th', { scope: 'col' }, MONTHS[date.getUTCMonth()]) : h('td');
    });
    const scroller = h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Calendar of 365 days' }, h('table', { class: 'year' },
      h('thead', null, h('tr', null, h('td'), heads)),
      h('tbody', null, WEEKDAYS.map((weekday, row) => h('tr', null, h('th', { scope: 'row' }, weekday), Array.from({ length: weeks }, (_, week) => cell(monday + (week * 7 + row) * DAY)))))));
    this.parts.calendar.replaceChildren(h('h3', null, 'The last 365 days'), scroller,
      legend());
    scroller.scrollLeft = scroller.scrollWidth;
  }

  /** A day of which nothing is told: the strip has the last ones, and before the first of all there was no site. */
  letter(at, first) {
    const strip = this.site?.strip ?? '';
    const ago = Math.round((Math.floor(Date.now() / DAY) * DAY - at) / DAY);
    return strip[strip.length - 1 - ago] ?? (at < first ? '.' : '-');
  }

  async showPlots(days) {
    const good = days.filter((day) => day.size != null);
    for (const plot of this.plots.splice(0)) plot.destroy();
    this.parts.plots.replaceChildren(h('h3', null, 'Size and duration'));
    if (good.length < 2) return this.parts.plots.append(h('p', { class: 'quiet' }, 'Two good backups are needed for a line.'));
    const { parts } = this;
    const { default: Plot } = await import(UPLOT);
    if (parts !== this.parts || this.plots.length) return; // another site, or these days drawn anew
    const x = days.map((day) => Date.parse(day.day) / 1000);
    const bad = days.map((day) => (day.failed || day.missed ? 0 : null));
    let last = null;
    const shrunk = days.map((day) => {
      if (day.size == null) return null;
      const smaller = last !== null && day.size * 100 < last * (this.site?.shrunk ?? 0);
      last = day.size;
      return smaller ? day.size : null;
    });
    this.plot(Plot, 'Size', size, [x, days.map((day) => day.size), bad, shrunk]);
    this.plot(Plot, 'Duration', duration, [x, days.map((day) => day.durationMs), bad]);
  }

  plot(Plot, label, format, data) {
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: '12px system-ui, sans-serif' };
    const points = (name, text, shape) => ({ label: text, stroke: colour(name), fill: shape, paths: () => null, points: { show: true, size: 8, width: 2, stroke: colour(name), fill: shape }, value: (u, value) => (value == null ? '' : 'yes') });
    const known = data[1].filter((value) => value != null);
    const host = h('div', { class: 'plot', role: 'img', 'aria-label': `${label} of ${known.length} good backups: from ${format(Math.min(...known))} to ${format(Math.max(...known))}, now ${format(known.at(-1))}` });
    this.parts.plots.append(host);
    const plot = new Plot({
      width: this.width(), height: 170, title: label, cursor: { y: false },
      scales: { y: { range: (u, min, max) => [0, (max || 1) * 1.1] } },
      tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1000), 'UTC'), // as the days are
      axes: [{ ...axis, values: '{D} {MMM}' }, { ...axis, size: 86, values: (u, values) => values.map(format) }],
      series: [{ label: 'Day', value: (u, value) => (value == null ? '' : when(value * 1000, true).slice(0, 10)) },
        { label, stroke: colour('--accent'), width: 1.5, spanGaps: true, points: { show: false }, value: (u, value) => format(value) },
        points('--bad', 'failed or missed', colour('--ground')), ...(data[3] ? [points('--warn', 'shrunk', colour('--warn'))] : [])],
    }, data, host);
    this.plots.push(plot);
  }

  width() {
    return Math.min(1200, this.parts.plots.clientWidth || 600);
  }

  fit() {
    if (this.name) for (const plot of this.plots) plot.setSize({ width: this.width(), height: 170 });
  }

  showRuns(runs) {
    const list = h('div', null, runs.map((run) => this.run(run)));
    fill(this.parts.runs, h('h3', null, 'Runs'), runs.length ? list : h('p', { class: 'quiet' }, 'There was no run yet.'),
      this.older('runs', runs, `/api/runs?site=${encodeURIComponent(this.name)}&limit=${PAGE}&before=`, (page) => list.append(...page.map((run) => this.run(run)))));
  }

  /** The button for the next page; false: there is none. */
  older(what, page, path, add) {
    let last = page.at(-1)?.id;
    const more = page.length === PAGE && button(`Older ${what}`, async () => {
      const next = await get(path + encodeURIComponent(last));
      add(next);
      last = next.at(-1)?.id;
      more.hidden = next.length < PAGE;
      return `${next.length} older ${what}`;
    });
    return more;
  }

  run(run) {
    const outcome = run.outcome?.data;
    const began = run.startedAt ?? run.queuedAt;
    const body = h('div', { class: 'body' });
    const element = h('details', { 'data-run': run.id, open: this.want.has(run.id), ontoggle: () => {
      if (element.open) this.want.add(run.id);
      else this.want.delete(run.id);
      if (element.open && !body.firstChild) this.showRun(run, body);
    } }, h('summary', null, state(run.state), time(began), ' ', run.endedAt && run.startedAt && duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)),
      outcome?.size > 0 && ` · ${size(outcome.size)}`, ` · by ${run.trigger === 'watch' ? `another client (${run.requestedBy.slice(6)})` : run.requestedBy ?? run.trigger}`, run.attempts > 1 && ` · ${run.attempts} attempts`,
      outcome?.recoveries > 0 && ` · made up for ${many(outcome.recoveries, 'lost answer')}`, outcome?.warnings?.count > 0 && ` · ${many(outcome.warnings.count, 'warning')}`,
      outcome?.error && h('span', { class: 'why' }, outcome.error.message)), body);
    return element;
  }

  async showRun(run, body) {
    const warnings = run.outcome?.data.warnings;
    fill(body,
      h('p', { class: 'quiet' }, [`run ${run.id}`, run.description, run.backupid && `backup ${run.backupid}`, run.recordId != null && `record ${run.recordId}`, `${run.step} steps`].filter(Boolean).join(' · ')),
      warnings?.count > 0 && h('div', null, h('h4', null, warnings.count > warnings.texts.length ? `The first ${warnings.texts.length} of ${number(warnings.count)} warnings` : 'Warnings'), h('ul', { tabindex: 0 }, warnings.texts.map((text) => h('li', null, text)))));
    const entries = await get(`/api/runs/${encodeURIComponent(run.id)}/timeline`).catch((problem) => [{ text: problem.message }]);
    body.append(h('h4', null, 'Timeline'), h('ol', { class: 'timeline' }, entries.map((entry) => h('li', { 'data-kind': entry.kind }, entry.at && h('time', { datetime: entry.at, title: when(entry.at, true) }, clock(entry.at)), ' ', entry.text))));
  }

  showArchives(archives) {
    const rows = archives.flatMap((archive) => archive.files.map((file) => [archive, file]));
    const name = (file) => file.file ?? file.name;
    fill(this.parts.archives, h('h3', null, 'Archives'), rows.length === 0 ? h('p', { class: 'quiet' }, 'No archive of this site is kept here.')
      : table('Archives', ['File', 'Size', 'Content', 'Downloaded', 'Verified', 'SHA-256'], rows.map(([archive, file]) => [
        h('a', { href: `/api/archives/${encodeURIComponent(archive.id)}/${encodeURIComponent(name(file))}`, download: name(file) }, name(file)),
        size(file.size), file === archive.files[0] && content(archive.content), time(archive.downloadedAt), verified(archive), h('code', null, file.sha256)])));
  }

  /** What an auditor accepts: printed as it stands. */
  showProofs(proofs) {
    if (proofs.length === 0) return;
    const row = (proof) => [
      time(proof.checkedAt) ?? 'now', [h('b', null, proof.verdict ?? proof.progress ?? 'waits'), proof.reason && h('div', { class: 'quiet' }, proof.reason)],
      proof.archive, proof.tables != null && `${many(proof.tables, 'table')}, ${many(proof.rows, 'row')}; ${many(proof.files, 'file')} read`, proof.server, proof.sha256 && h('code', null, proof.sha256)];
    const list = table('Restore tests', ['Tested', 'Result', 'Archive', 'Counted', 'Server', 'SHA-256'], proofs.map(row));
    fill(this.parts.proofs, h('h3', null, 'Restore tests'), list,
      this.older('tests', proofs, pathOf(this.name, `/proofs?limit=${PAGE}&after=`), (page) => list.querySelector('tbody').append(...page.map((proof) => tableRow(row(proof))))));
  }

  showCommand() {
    const command = `java -jar camel-akeeba-backup.jar backup ${this.name}`;
    const code = h('code', null, command);
    this.parts.told.replaceChildren(h('h3', null, 'The same in a terminal'), h('p', { class: 'command' }, code, button('Copy', async () => {
      if (navigator.clipboard) await navigator.clipboard.writeText(command);
      else getSelection().selectAllChildren(code);
      return navigator.clipboard ? 'Copied.' : 'Selected: copy it with Ctrl+C.';
    })));
  }
}

/** "3 d ago on 11.4.5-MariaDB: 7 tables, 3,119 rows", and what there is to say against it. */
function proved(proof) {
  const bad = [proof.verdict !== 'proved' && proof.verdict, proof.overdueSince && 'overdue'].filter(Boolean).join(', ');
  const last = proof.provedAt ? [time(proof.provedAt, age(proof.provedAt)), ` on ${proof.server}: ${many(proof.tables, 'table')}, ${many(proof.rows, 'row')}`] : ['never'];
  return [...last, bad && h('b', null, ` (now ${bad})`)];
}

function content(held) {
  return held && [many(held.files, 'file'), held.tables > 0 && many(held.tables, 'table'), held.tables > 0 && many(held.rows, 'row')].filter(Boolean).join(', ');
}

function verified(archive) {
  if (archive.damage) return h('strong', { title: when(archive.verifiedAt, true) }, `damaged: ${archive.damage}`);
  return archive.verified ? time(archive.verifiedAt) : 'no';
}

const clock = (at) => `${when(at)}:${at.slice(17, 19)}`;
