// While this browser is not connected and somebody looks, a code in our folder should not wait.
import { api } from "../background/browser.js";
import { connection } from "../background/connection.js";

const EVERY_MS = 3000;

export function keepLookingForCode() {
  setInterval(async () => {
    if (!(await connection())) await api.runtime.sendMessage({ type: "look-for-code" });
  }, EVERY_MS);
}
