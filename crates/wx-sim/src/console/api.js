// The control routes.

/** What a control route answers; an error carries its sentence. */
async function call(path, request) {
  const response = await fetch(path, { cache: "no-store", ...request });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error);
  return answer;
}

export class Refused extends Error {}

export const get = (path) => call(path, {});
export const post = (path, body) => call(path, { method: "POST", body: JSON.stringify(body) });
export const clear = (path) => call(path, { method: "DELETE" });

/** Everything behind a number, page by page. */
export async function getAll(path, list, after) {
  const found = [];
  for (;;) {
    const page = (await get(`${path}?limit=1000&after=${after + (list === "followers" ? found.length : 0)}`))[list];
    found.push(...page);
    if (page.length < 1000) return found;
    if (list !== "followers") after = page.at(-1).number;
  }
}
