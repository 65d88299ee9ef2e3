// The first thing a person sees after installing: the settings, with what is left to do.
import { api } from "./browser.js";
import { prepared } from "./prepared.js";

export function offerWelcome() {
  api.runtime.onInstalled.addListener(async ({ reason }) => {
    if (reason !== "install" || (await prepared())?.sites) return; // a trial shows a site instead
    await api.tabs.create({ url: api.runtime.getURL("pages/options.html?welcome") });
  });
}
