// The background: listeners first (a woken worker must have them at once), then what starts with it.
import { forgetPicksOfClosedTabs, onPicked, pick, record } from "./authors.js";
import { keepBadges, showMark } from "./badge.js";
import { answerMessages, api, isContent, isOurs } from "./browser.js";
import { conditionChanged, keepTelling, tellCondition } from "./condition.js";
import { pair, unpair } from "./connection.js";
import { forgetCountsOfClosedTabs } from "./counts.js";
import { forgetHealthOfClosedTabs, lookAtHealth, onPageReport, onVerified } from "./health.js";
import { openInbox } from "./inbox.js";
import { forgetVisitsOfClosedTabs, onFragments, onResponsesAsked, onVisit } from "./listen.js";
import { offerMenu } from "./menu.js";
import { captureNow } from "./once.js";
import { outbox } from "./outbox.js";
import { choose } from "./page_choices.js";
import { onPauseChange } from "./pause.js";
import { forgetPlan, refuseSelectors } from "./plan.js";
import { agentSays, forgetAgent } from "./policy.js";
import { keepLooking, lookOnAlarm, pairPrepared } from "./prepared.js";
import { keepRefreshing, onPlanChange, retryNow, sendOnAlarm, wakeSender } from "./sender.js";
import { injectInto, listenInOpenTabs, listenInTab, registerSites } from "./sites.js";
import { offerWelcome } from "./welcome.js";

answerMessages(isContent, {
  visit: onVisit,
  fragments: onFragments,
  responses: onResponsesAsked,
  "page-report": onPageReport,
  picked: onPicked,
  "refuse-plan": async ({ selectors }) => (await refuseSelectors(selectors)) && tellPages(),
});
answerMessages(isOurs, {
  pair: async ({ code }) => (await pair(code), await retryNow()),
  unpair: async () => (await unpair(), await forgetPlan(), await forgetAgent(), await tellPages()),
  retry: retryNow,
  "open-inbox": ({ path }) => openInbox(path),
  capture: ({ tab }) => captureNow(tab),
  choose,
  "listen-in-frames": ({ tab }) => listenInTab(tab),
  pick,
  record,
  "look-at-health": lookAtHealth,
  verified: onVerified,
  "look-for-code": async () => (await pairPrepared()) && retryNow(),
  "forget-dropped": () => outbox.forgetDropped().then(conditionChanged),
});
offerMenu();
offerWelcome();
keepBadges();
forgetCountsOfClosedTabs();
forgetVisitsOfClosedTabs();
forgetHealthOfClosedTabs();
forgetPicksOfClosedTabs();
sendOnAlarm();
lookOnAlarm(retryNow);
keepTelling();
onPlanChange(() => registerSites().then(tellPages));
onPauseChange(tellPages);
agentSays.onChange((now, before) => JSON.stringify(now.policy) !== JSON.stringify(before.policy) && policyChanged());
api.storage.onChanged.addListener((_, area) => area === "managed" && policyChanged());
api.runtime.onStartup.addListener(() => {}); // being woken is enough: what waited since the last day leaves
api.permissions.onAdded.addListener(({ origins = [] }) => registerSites().then(() => injectInto(origins)));
api.permissions.onRemoved.addListener(() => registerSites().then(tellPages));
api.runtime.onInstalled.addListener(() => registerSites().then(listenInOpenTabs));
start();

async function start() {
  await registerSites();
  await showMark();
  wakeSender();
  tellCondition();
  keepRefreshing();
  await keepLooking(retryNow);
}

/** The organisation may have narrowed what is listened to. */
function policyChanged() {
  conditionChanged();
  registerSites().then(tellPages);
}

/** The plan, a pause, a permission or the policy changed: pages that listen ask again. */
async function tellPages() {
  for (const tab of await api.tabs.query({})) {
    api.tabs.sendMessage(tab.id, { type: "reconsider" }).catch(() => {}); // no content script there
  }
}
