// The inbox with scripts: everything here also works without, by links and forms.
import { listenToForms } from "./acts.js";
import { bindKeys } from "./keys.js";
import { listenToEvents } from "./live.js";
import { listenToLinks } from "./pane.js";
import { listenToQuestions } from "./why.js";

listenToLinks();
listenToForms();
listenToQuestions();
bindKeys();
listenToEvents();
document.querySelector(".row:has([aria-current])")?.scrollIntoView({ block: "nearest" });
