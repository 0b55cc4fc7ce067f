// Calls of the API by the session's cookie, and one stream of its changes for all tabs of a browser.

/** What the service refused, in its own words. */
export class Problem extends Error {
  constructor(status, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export async function call(path, { method = 'GET', body, headers = {} } = {}) {
  const json = body !== undefined;
  let response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(30000),
      headers: { ...headers, ...(method !== 'GET' && { 'X-Backup-Request': '1' }), ...(json && { 'Content-Type': 'application/json' }) },
      body: json ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new Problem(0, 'The service cannot be reached.');
  }
  if (response.ok || response.status === 304) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Problem(response.status, problem.detail ?? `The service answered ${response.status}.`, response.headers.get('Retry-After'));
}

export const get = async (path) => (await call(path)).json();
export const post = async (path, body) => (await call(path, { method: 'POST', body })).json();

export const startBackup = async (site) => {
  const run = await post('/api/backups', { site });
  return `A backup of ${site} is ${run.state ?? 'accepted'}.`;
};
export const stopRun = async (id) => {
  await post(`/api/runs/${encodeURIComponent(id)}/stop`);
  return 'The run stops before its next call.';
};
export const pathOf = (site, rest = '') => `/api/sites/${encodeURIComponent(site)}${rest}`;

/**
 * Follows the service: hears(kind, data) gets progress, outcome, site, summary and reset; 'link' with
 * null or the instant since when there is no answer; 'refused' when the session has ended.
 *
 * A browser has six connections to a server: one tab holds a lock and the stream, and hands on what it
 * gets. While there is no stream (or, without TLS, no locks) each tab asks for the summary every 5 s.
 */
export function follow(hears) {
  const tabs = new BroadcastChannel('camel-akeeba-backup');
  let holds = false;
  let stream = null;
  let flows = false;
  let tag = null;
  let away = null;
  let heard = 0;
  let asked = 0;
  let stale = false;
  let told = false;
  let refused = false;

  const take = (kind, data) => {
    if (kind === 'flows') {
      const began = data && !flows;
      flows = data;
      heard = Date.now();
      if (began) hears('reset');
      if (data) alive();
    } else if (kind === 'hello') {
      if (stream) tabs.postMessage(['flows', flows]);
    } else if (kind === 'signed-in') {
      restart();
      hears('signed-in');
    } else {
      heard = Date.now();
      stale = kind !== 'summary';
      told ||= kind === 'site';
      alive();
      hears(kind, data);
    }
  };
  const share = (kind, data) => {
    tabs.postMessage([kind, data]);
    take(kind, data);
  };
  const linked = () => {
    away = null;
    hears('link', null);
  };

  // a message is no answer: while the store is away runs tell of their progress all the same
  const alive = () => away === null && linked();

  const open = () => {
    stream?.close();
    if (refused) return;
    stream = new EventSource('/api/events');
    stream.onopen = () => share('flows', true);
    stream.onerror = () => share('flows', false);
    for (const kind of ['progress', 'outcome', 'site', 'summary']) {
      stream.addEventListener(kind, (event) => share(kind, JSON.parse(event.data)));
    }
    stream.addEventListener('reset', () => share('reset'));
  };

  const ask = async () => {
    asked = Date.now();
    stale = false;
    try {
      const response = await call('/api/summary', { headers: tag ? { 'If-None-Match': tag } : {} });
      refused = false;
      linked();
      if (response.status === 304) return;
      const first = tag === null;
      tag = response.headers.get('ETag');
      hears('summary', await response.json());
      // a change that no message has told of: all of it is read anew
      if (!first && !(flows && told)) hears('reset');
      told = false;
    } catch (problem) {
      if (problem.status === 401) {
        refused = true;
        flows = false;
        stream?.close();
        hears('refused');
      } else {
        away ??= Date.now();
        if (problem.status === 0) { // the stream may be dead without knowing
          flows = false;
          stream?.close();
        }
        hears('link', away, problem);
      }
    }
  };

  const tick = () => {
    if (refused) return;
    // the tab with the stream says each 15 s that it still flows; one that is frozen does not
    if (stream && flows && Date.now() - heard > 15000) tabs.postMessage(['flows', true]), heard = Date.now();
    if (!stream && flows && Date.now() - heard > 45000) flows = false;
    if (stream?.readyState === EventSource.CLOSED) open();
    // a stream that is cut off somewhere on the way is as silent as one without news
    if (!flows || stale || away !== null || Date.now() - asked > 15000) ask();
  };

  const restart = () => {
    refused = false;
    tag = null;
    return ask().then(() => {
      hears('reset'); // nothing has told of what was changed meanwhile
      if (holds) open();
    });
  };

  tabs.onmessage = (event) => take(...event.data);
  tabs.postMessage(['hello']);
  const first = ask();
  navigator.locks?.request('camel-akeeba-backup', async () => {
    holds = true;
    await first;
    open();
    await new Promise(() => {});
  });
  setInterval(tick, 5000);
  return {
    /** After a sign-in: all tabs go on. */
    restart: () => { tabs.postMessage(['signed-in']); return restart(); },
    ask,
  };
}
