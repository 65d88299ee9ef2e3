// The background: listeners first (a woken worker must have them at once), then what starts with it.
import { keepBadges } from "./badge.js";
import { answerMessages, api, isContent, isOurs } from "./browser.js";
import { pair, unpair } from "./connection.js";
import { forgetCountsOfClosedTabs } from "./counts.js";
import { openInbox } from "./inbox.js";
import { forgetVisitsOfClosedTabs, onFragments, onVisit } from "./listen.js";
import { offerMenu } from "./menu.js";
import { captureNow } from "./once.js";
import { outbox } from "./outbox.js";
import { onPauseChange } from "./pause.js";
import { forgetPlan } from "./plan.js";
import { keepLooking, lookOnAlarm, pairPrepared } from "./prepared.js";
import { onPlanChange, retryNow, sendOnAlarm, wakeSender } from "./sender.js";
import { injectInto, registerSites } from "./sites.js";
import { offerWelcome } from "./welcome.js";

answerMessages(isContent, { visit: onVisit, fragments: onFragments });
answerMessages(isOurs, {
  pair: async ({ code }) => (await pair(code), await retryNow()),
  unpair: async () => (await unpair(), await forgetPlan(), await tellPages()),
  retry: retryNow,
  "open-inbox": openInbox,
  capture: ({ tab }) => captureNow(tab),
  "look-for-code": async () => (await pairPrepared()) && retryNow(),
  "forget-dropped": () => outbox.forgetDropped(),
});
offerMenu();
offerWelcome();
keepBadges();
forgetCountsOfClosedTabs();
forgetVisitsOfClosedTabs();
sendOnAlarm();
lookOnAlarm(retryNow);
onPlanChange(tellPages);
onPauseChange(tellPages);
api.permissions.onAdded.addListener(({ origins = [] }) => registerSites().then(() => injectInto(origins)));
api.permissions.onRemoved.addListener(() => registerSites().then(tellPages));
start();

async function start() {
  await registerSites();
  wakeSender();
  await keepLooking(retryNow);
}

/** The plan, a pause or a permission changed: pages that listen ask again. */
async function tellPages() {
  for (const tab of await api.tabs.query({})) {
    api.tabs.sendMessage(tab.id, { type: "reconsider" }).catch(() => {}); // no content script there
  }
}
