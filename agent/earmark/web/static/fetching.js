// The only file that asks the agent for anything.

/** A piece of a page as elements; null where there is none any more. */
export async function fetchPiece(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (answer.status === 401) location.reload();
  if (!answer.ok) return null;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  return parsed.body;
}

/** An item as the API prints it, with its revision. */
export async function fetchItem(path) {
  const answer = await fetch(`/v1${path}`);
  return answer.ok ? answer.json() : null;
}

/** Changes an item if it is still at `revision`. The answer's status is 0 when there was none. */
export async function patchItem(path, revision, patch) {
  try {
    const answer = await fetch(`/v1${path}`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json", "If-Match": `"${revision}"` },
      body: JSON.stringify(patch),
    });
    return { status: answer.status, item: answer.ok ? await answer.json() : null };
  } catch {
    return { status: 0, item: null };
  }
}

/** Sends a form as the browser would, `submitter` being pressed; the page it leads to, as elements,
and whether it was done. Null where there was no answer. */
export async function pressForm(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "text/html" }, body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    return { status: answer.status, done: answer.ok, page };
  } catch {
    return null;
  }
}

/** What a form would be answered, as elements, with `more` among its fields; null where refused. */
export async function sendForm(form, more) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", headers: { Accept: "text/html" }, body });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}
