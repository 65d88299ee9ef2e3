// Not listening for a while: on one site, or everywhere, for an hour or until told otherwise.
import { Stored, api } from "./browser.js";

const HOUR_MS = 60 * 60 * 1000;
const ALARM = "pause-over";
const stored = new Stored("local", "pause", { everywhere: false, until: null, sites: [] });

/** `{everywhere, until, site}` for one host; `until` is a time in ms or null. */
export async function pauseFor(host) {
  const { everywhere, until, sites } = await stored.read();
  const running = until !== null && until > Date.now();
  return { everywhere, until: running ? until : null, site: sites.includes(host) };
}

export async function isPaused(host) {
  const { everywhere, until, site } = await pauseFor(host);
  return everywhere || until !== null || site;
}

export const pauseSite = (host) =>
  stored.update((pause) => ({ ...pause, sites: [...new Set([...pause.sites, host])] }));

export const pauseEverywhere = () => stored.update((pause) => ({ ...pause, everywhere: true }));

export async function pauseForAnHour() {
  const until = Date.now() + HOUR_MS;
  await stored.update((pause) => ({ ...pause, until }));
  await api.alarms.create(ALARM, { when: until });
}

/** Listen again: everywhere, and on `host`. */
export const resume = (host) =>
  stored.update((pause) => ({ everywhere: false, until: null, sites: pause.sites.filter((site) => site !== host) }));

export const onPauseChange = (callback) => {
  stored.onChange(callback);
  api.alarms.onAlarm.addListener(({ name }) => name === ALARM && callback());
};
