// Takes one file to the server; the key makes it one file there, however often it is sent.
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// null: it is there; a text: why not, "" when nobody answered.
export async function upload(address, query, file) {
  const asked = new URLSearchParams({ ...query, name: file.name });
  for (let tried = 0; tried < 4; tried++) {
    try {
      const answer = await fetch(`${address}?${asked}`, {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/octet-stream" },
        body: file,
      });
      if (answer.ok) return null;
      if (answer.status < 500) return (await answer.json()).error ?? "";
    } catch {
      // the connection was lost: the same key again
    }
    await new Promise((wait) => setTimeout(wait, 1000 * 2 ** tried));
  }
  return "";
}
