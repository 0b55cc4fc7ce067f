// The page: who may do what, where we are (all of it in the address), and what the service tells.
import { call, follow, get } from './api.js';
import { clock, h, now, tell, when, write } from './dom.js';
import { Overview } from './overview.js';
import { SiteView } from './site.js';
import { SiteTable } from './sites.js';

const FILTERS = ['q', 'state', 'tag', 'proof'];
const KEYS = [...FILTERS, 'sort'];
const SCOPES = ['read', 'start', 'admin'];
const at = (id) => document.getElementById(id);

let caller = { scope: 'read' };
const may = (scope) => SCOPES.indexOf(caller.scope) >= SCOPES.indexOf(scope);

const overview = new Overview(at('overview'), at('rest'), { may });
const table = new SiteTable(at('sites'), { change, open: (site) => go({ site }) });
const view = new SiteView(at('site'), { may });

function params() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

function address(values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
  return query ? `/?${query}` : '/';
}

/** To another view; the way back leads to the table as it was. */
function go(values) {
  history.pushState({ from: location.search }, '', address(values));
  route();
}

/** The table by other filters; typing makes no way back of each letter. */
function change(values, typing) {
  const next = address({ ...params(), ...values });
  history[typing ? 'replaceState' : 'pushState'](history.state, '', next);
  route();
}

function back() {
  if (history.state?.from !== undefined) history.back();
  else go({});
}

function route() {
  const { site, run, ...rest } = params();
  at('site').hidden = !site;
  for (const id of ['overview', 'sites', 'rest']) at(id).hidden = Boolean(site);
  if (site && site !== view.name) {
    if (started) view.open(site, run).then(() => at('site').querySelector('a').focus());
    scrollTo(0, 0);
  } else if (!site) {
    const was = view.name;
    view.close();
    table.show(Object.fromEntries(KEYS.map((key) => [key, rest[key]])));
    if (was) table.focus();
  }
}

let started = false;
let loaded = 0;
let again = null;

/** All sites anew, at most every 10 s. */
function reload() {
  if (again || !started) return;
  again = setTimeout(() => {
    again = null;
    loaded = Date.now();
    table.load().catch(() => at('sign-in').open || reload());
    if (view.name) view.load();
  }, Math.max(0, loaded + 10000 - Date.now()));
}

function summary(value) {
  clock(value.at);
  const before = JSON.stringify(caller);
  caller = { ...value.caller, scope: String(value.caller.scope).toLowerCase() };
  value = { ...value, caller };
  if (started && before !== JSON.stringify(caller)) overview.redraw();
  overview.summary(value);
  table.summary(value);
  at('head').hidden = at('main').hidden = false;
  trouble('');
  if (at('sign-in').open) at('sign-in').close();
  out.hidden = !session;
  if (!started) {
    started = true;
    loaded = Date.now();
    route();
    table.load().catch((problem) => { trouble(problem.message); reload(); });
  }
}

function trouble(text) {
  at('trouble').hidden = !text;
  write(at('trouble'), text);
}

const hears = {
  summary,
  progress(run) {
    overview.progress(run);
    table.progress(run);
    view.progress(run);
  },
  site(site) {
    table.site(site);
    view.changed(site);
  },
  outcome(event) {
    const { site, run, state } = event.data;
    table.forgetDays(site);
    if (run) {
      overview.progress({ id: run, site, state });
      table.progress({ id: run, site, state });
    }
    view.changed({ site }, true);
  },
  reset: reload,
  link(since, problem) {
    if (since) {
      overview.unknown(problem.status ? problem.message : null);
      trouble(`Not connected since ${when(since)}. ${problem.message} What is shown is as of then.`);
      at('head').hidden = false;
    } else {
      trouble('');
      overview.heard();
    }
  },
  refused: signIn,
  'signed-in': () => at('sign-in').open && at('sign-in').close(),
};

// ---- sign-in

let session = false;
const out = h('button', { type: 'button', id: 'sign-out', hidden: true, onclick: async () => {
  await call('/ui/session', { method: 'DELETE' }).catch(() => {});
  location.reload();
} }, 'Sign out');
at('head').append(out);

function signIn(why = '') {
  if (at('sign-in').open) return;
  at('sign-in-why').textContent = started ? 'Your session has ended. Sign in to go on where you were.' : why;
  at('sign-in').showModal();
  at('token').focus();
}

async function trade(token) {
  await call('/ui/session', { method: 'POST', body: { token } });
  session = true;
  await live.restart();
}

at('sign-in').addEventListener('cancel', (event) => event.preventDefault());
at('sign-in').querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    await trade(at('token').value);
    at('token').value = '';
    at('sign-in-error').textContent = '';
    at('sign-in').close();
  } catch (problem) {
    at('sign-in-error').textContent = problem.status === 429 ? `Too many attempts: wait ${problem.retryAfter ?? 'some'} seconds.` : problem.message;
    at('token').select();
  }
});

// ---- keys and links

addEventListener('keydown', (event) => {
  const typing = event.target.matches?.('input, select, textarea');
  if (event.key === '/' && !typing && !params().site) {
    event.preventDefault();
    table.search.focus();
  } else if (event.key === 'Escape' && !at('sign-in').open) {
    if (params().site) back();
    else if (typing && table.search.value) change({ q: '' }, true);
    else if (typing) table.focus();
    else if (FILTERS.some((key) => params()[key])) change(Object.fromEntries(FILTERS.map((key) => [key, ''])));
  } else if (event.key === 'ArrowDown' && event.target === table.search) {
    event.preventDefault();
    table.focus();
  }
});

addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="/"]');
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || link.hasAttribute('download')) return;
  event.preventDefault();
  if ('back' in link.dataset) back();
  else go(Object.fromEntries(new URL(link.href).searchParams));
});

addEventListener('popstate', route);
addEventListener('beforeprint', () => { at('head').dataset.printed = `Printed ${when(now(), true)} from ${location.origin} by ${caller.name}`; });

// a link with a token, for a wall: the token leaves the address before anything else happens
function given() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

addEventListener('hashchange', () => {
  const token = given();
  if (token) trade(token).catch((problem) => tell(problem.message));
});
const token = given();
if (token) await call('/ui/session', { method: 'POST', body: { token } }).catch((problem) => signIn(problem.message));
session = await get('/ui/session').then(() => true, () => false);
const live = follow((kind, ...data) => hears[kind](...data));
