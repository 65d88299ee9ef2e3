// What the extension is, as the browser sees it: its version, how it was installed, the browser itself.
import { ownFile } from "./agent.js";
import { api } from "./browser.js";
import { prepared } from "./prepared.js";

/**
 * `{version, onDisk, temporary, trial}`: the running version, that of the files (newer after an
 * upgrade; empty where it cannot be read), whether the browser forgets it at its end, whether `earmark try` made it.
 */
export async function aboutUs() {
  const manifest = await ownFile(api.runtime.getURL("manifest.json"));
  return {
    version: api.runtime.getManifest().version,
    onDisk: manifest?.version ?? "",
    temporary: await isTemporary(),
    trial: Boolean((await prepared())?.sites),
  };
}

/** Firefox forgets what was loaded as a temporary add-on; Chromium keeps what was loaded unpacked. */
async function isTemporary() {
  return isFirefox() && (await api.management.getSelf()).installType === "development";
}

const isFirefox = () => api.runtime.getBrowserInfo !== undefined;

/** `{name, version}` of the browser. */
export async function aboutBrowser() {
  if (isFirefox()) {
    const { name, version } = await api.runtime.getBrowserInfo();
    return { name, version };
  }
  const brands = (navigator.userAgentData?.brands ?? []).filter(({ brand }) => !/not.*brand/i.test(brand));
  const named = brands.find(({ brand }) => brand !== "Chromium") ?? brands[0];
  return { name: named?.brand ?? "Chromium", version: navigator.userAgent.match(/Chrome\/([\d.]+)/)?.[1] ?? "" };
}

/** Whether version `one` is later than `other`; a version that is not known is not. */
export function isNewer(one, other) {
  const [mine, theirs] = [one, other].map((version) => version.split(".").map((part) => Number.parseInt(part, 10) || 0));
  const at = [...mine, ...theirs].findIndex((_, index) => (mine[index] ?? 0) !== (theirs[index] ?? 0));
  return one !== "" && other !== "" && at >= 0 && (mine[at] ?? 0) > (theirs[at] ?? 0);
}
