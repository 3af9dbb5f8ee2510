// Shows an answer word by word. On any failure the form is submitted normally; its key
// keeps the server from storing the message twice.
export function bindChat(form) {
  const list = document.getElementById(form.dataset.chat);
  const field = form.querySelector("textarea");
  const button = form.querySelector(".button");
  const key = form.elements.idempotency_key;

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // the page in another language
    event.preventDefault();
    if (button.disabled) return;
    const body = new URLSearchParams(new FormData(form));
    const shown = show(list, form, field.value.trim());
    button.disabled = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "text/event-stream" },
        redirect: "manual",
      });
      const kind = answer.headers.get("Content-Type") ?? "";
      if (!answer.ok || !kind.startsWith("text/event-stream")) throw new Error(String(answer.status));
      const html = await read(answer.body, (text) => { shown.text.textContent += text; });
      shown.place.outerHTML = html;
      form.querySelector("#reader")?.remove(); // asked once, before the first message
      list.removeAttribute("aria-busy");
      field.value = "";
      key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
      button.disabled = false;
      field.focus();
    } catch {
      form.submit();
    }
  });

  // Enter inserts a line break; with Ctrl or Command it sends.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

// Adds the message and a place for the answer; screen readers wait until the answer is
// complete (aria-busy).
function show(list, form, text) {
  const place = document.createElement("li");
  place.className = "said";
  const article = document.createElement("article");
  const part = (name, content) => {
    const made = document.createElement("div");
    made.className = name;
    const words = document.createElement("p");
    words.className = "prewrap";
    words.textContent = content;
    made.append(words);
    article.append(made);
    return words;
  };
  part("said__mine", text);
  const answer = part("said__answer", "");
  const waiting = document.createElement("p");
  waiting.className = "small muted";
  waiting.setAttribute("role", "status");
  waiting.textContent = form.dataset.waiting;
  answer.after(waiting);
  place.append(article);
  list.setAttribute("aria-live", "polite");
  list.setAttribute("aria-busy", "true");
  list.append(place);
  place.scrollIntoView({ block: "nearest" });
  return { place, text: answer };
}

// Reads server-sent events; returns the HTML of the last one.
async function read(body, piece) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error("broken off");
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const [, name, data] = /^event: (\w+)\ndata: ([^\n]*)$/.exec(event) ?? [];
      if (name === "piece") piece(JSON.parse(data).text);
      if (name === "done") return JSON.parse(data).html;
      if (name === "failed") throw new Error("failed");
    }
  }
}
