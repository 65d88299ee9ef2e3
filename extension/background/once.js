// What a person asks for by hand on any page: capture it once, or save the selected text.
// The click itself is the permission (activeTab); nothing goes on listening afterwards.
import { AgentError } from "./agent.js";
import { api } from "./browser.js";
import { conversationAt } from "./choices.js";
import { admitVisit, choicesOn, onFragments, placeOf } from "./listen.js";
import { choices, platforms, refuseSelectors } from "./plan.js";
import { allowsHost, policyNow } from "./policy.js";
import { READING_FILES } from "./sites.js";

const MAX_SELECTION = 500_000; // characters

/** Read the page in `tabId` once; resolves to how many fragments were found. */
export async function captureNow(tabId) {
  const { visit, about, page, target } = await visitOnce(tabId, 0, ["content/once.js"]);
  const read = async () =>
    run(target, (id, plan) => globalThis.earmark.readOnce(id, plan), [visit, await choicesOn(about.url, page)]);
  const { found, unreadable } = await read();
  if (!unreadable) return found;
  await refuseSelectors(unreadable);
  return (await read()).found ?? 0;
}

/** Save the text selected in one frame as a quote, paragraphs kept; resolves to whether there was any. */
export async function saveSelection(tabId, frameId, shown) {
  const { visit, page, sender, target } = await visitOnce(tabId, frameId, []);
  const selected = await run(target, () => getSelection()?.toString() ?? "", []);
  const text = (selected || shown || "").trim().slice(0, MAX_SELECTION);
  if (!text) return false;
  await onFragments({ visit, page: { ...page, markers: [] }, fragments: [quoteOf(text)] }, sender);
  return true;
}

async function visitOnce(tabId, frameId, files) {
  const target = { tabId, frameIds: [frameId] };
  await api.scripting.executeScript({ target, files: [...READING_FILES, ...files] });
  const found = await run(target, () => ({ page: globalThis.earmark.pageFacts(), url: location.href }), []);
  const sender = { tab: { id: tabId }, frameId, url: found.url };
  const about = await placeOf(sender);
  if (!about) throw new Error("not a web page");
  await expectAllowed(about);
  const visit = crypto.randomUUID();
  await admitVisit(visit, about, frameId === 0, true);
  return { visit, about, sender, target, page: found.page };
}

/** Throws where the organisation, or a conversation that is not switched on, forbids it. */
export async function expectAllowed({ url, top_url }) {
  const policy = await policyNow();
  const [entries, kept] = [await platforms(), await choices()];
  const conversations = [url, top_url].map((each) => conversationAt(entries, kept, policy, each));
  if (conversations.some((each) => each && each !== "on")) throw new AgentError("conversation");
  if (![url, top_url].every((each) => allowsHost(policy, new URL(each).hostname))) {
    throw new AgentError("organisation");
  }
}

async function run(target, func, args) {
  const [answer] = await api.scripting.executeScript({ target, func, args });
  if (answer.error) throw new Error(String(answer.error.message ?? answer.error)); // Firefox reports it so
  return answer.result;
}

function quoteOf(text) {
  const paragraphs = text.split(/\n\s*\n/).map((part) => `<p>${escaped(part).replace(/\n/g, "<br>")}</p>`);
  return {
    id: crypto.randomUUID(),
    ref: "selection",
    kind: "selection",
    selector: "",
    markup: paragraphs.join(""),
    json: { text },
    ancestors: [],
    parent_ref: "",
    order: 0,
    seen: true,
    complete: true,
    captured_at: new Date().toISOString(),
  };
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
