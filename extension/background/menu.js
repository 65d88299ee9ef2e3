// The context menu: save what is selected.
import { api } from "./browser.js";
import { saveSelection } from "./once.js";

const SAVE = "save-selection";

export function offerMenu() {
  api.runtime.onInstalled.addListener(async () => {
    await api.contextMenus.removeAll(); // an update comes here too
    api.contextMenus.create({ id: SAVE, contexts: ["selection"], title: api.i18n.getMessage("menu_save_selection") });
  });
  api.contextMenus.onClicked.addListener((info, tab) => {
    if (info.menuItemId === SAVE) saveSelection(tab.id, info.frameId ?? 0, info.selectionText);
  });
}
