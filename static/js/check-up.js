// Shows the questionnaire one question at a time: number keys choose an answer, arrow
// keys move, and each answer is saved on the server as a draft.
export function bindQuestionnaire(form) {
  const questions = [...form.querySelectorAll(".question")];
  const bar = form.querySelector("progress");
  const label = form.querySelector("[data-progress-label]");
  const { stepper, back, next } = makeStepper(form);
  let current = 0;

  const answered = (question) => question.querySelector("input:checked") !== null;
  const mayStayOpen = (question) => answered(question) || question.querySelector(".field__optional") !== null;
  const firstGap = () => {
    const named = Number(form.dataset.firstGap ?? NaN);
    const open = questions.findIndex((question) => !answered(question));
    if (!Number.isNaN(named)) return named;
    return open < 0 ? questions.length - 1 : open; // all answered: only sending is left
  };

  function show(index, focus) {
    current = Math.min(Math.max(index, 0), questions.length - 1);
    questions.forEach((question, i) => question.classList.toggle("is-current", i === current));
    form.classList.toggle("is-last", current === questions.length - 1);
    questions[current].after(stepper);
    back.disabled = current === 0;
    next.hidden = current === questions.length - 1;
    bar.value = questions.filter(answered).length;
    label.textContent = form.dataset.progress.replace("{n}", current + 1).replace("{total}", questions.length);
    if (focus) {
      const input = questions[current].querySelector("input:checked") ?? questions[current].querySelector("input");
      input.focus();
    }
  }

  const saver = makeSaver(form);
  const forward = () => show(current + 1, true);
  // The keyboard cannot skip a question that must be answered; the button can.
  const forwardByKey = () => {
    if (mayStayOpen(questions[current])) forward();
    else questions[current].classList.add("question--missing");
  };
  back.addEventListener("click", () => show(current - 1, true));
  next.addEventListener("click", forward);

  form.addEventListener("change", (event) => {
    event.target.closest(".question")?.classList.remove("question--missing");
    bar.value = questions.filter(answered).length;
    saver.save(event.target);
  });

  // Clicking or tapping an answer moves on; changing it with the keyboard does not.
  form.addEventListener("click", (event) => {
    if (event.target.matches(".question input") && event.detail > 0 && current < questions.length - 1) forward();
  });

  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !event.target.closest(".question, .stepper")) return;
    const inputs = [...questions[current].querySelectorAll("input")];
    if (/^[0-9]$/.test(event.key)) {
      const chosen = inputs.find((input) => input.value === event.key) ?? inputs[Number(event.key) - 1];
      if (!chosen) return;
      event.preventDefault();
      chosen.checked = true;
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
      if (current < questions.length - 1) forward(); else form.querySelector(".check-up__foot .button").focus();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      if (event.key === "ArrowLeft") show(current - 1, true); else if (current < questions.length - 1) forwardByKey();
    } else if (event.key === "Enter" && event.target.matches("input")) {
      // Enter moves to the next question; only the button submits.
      event.preventDefault();
      if (current < questions.length - 1) forwardByKey(); else form.querySelector(".check-up__foot .button").focus();
    }
  });

  // Shows the first missing answer without a request to the server.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // for later, or in another language
    const gap = questions.findIndex((question) => !mayStayOpen(question));
    if (gap >= 0) {
      event.preventDefault();
      questions[gap].classList.add("question--missing");
      show(gap, true);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#q-"]');
    if (!link) return;
    event.preventDefault();
    show(Number(link.hash.slice(3)), true);
  });

  form.classList.add("is-stepping");
  show(firstGap(), false);
}

function makeStepper(form) {
  const stepper = document.createElement("div");
  stepper.className = "stepper";
  const button = (text, quiet) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = quiet ? "button button--quiet" : "button";
    made.textContent = text;
    return made;
  };
  const back = button(form.dataset.back, true);
  const next = button(form.dataset.next, false);
  const hint = document.createElement("p");
  hint.className = "stepper__hint";
  hint.textContent = form.dataset.hint;
  stepper.append(back, hint, next);
  return { stepper, back, next };
}

// Saves only the changed answers, one request at a time, so that answers given on
// another device are not overwritten.
function makeSaver(form) {
  const note = form.querySelector("[data-saved]");
  const hidden = [...form.querySelectorAll("input[type=hidden]")].map((field) => [field.name, field.value]);
  const changed = new Map();
  let running = false;
  async function save(input) {
    if (input) changed.set(input.name, input.value);
    if (running) return;
    running = true;
    const sent = new Map(changed);
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams([...hidden, ...sent]),
        headers: { Accept: "application/json" },
        redirect: "error",
        keepalive: true,
      });
      if (answer.status === 409) {
        note.textContent = form.dataset.other; // another account is signed in by now: stop saving
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      note.textContent = (await answer.json()).saved;
      sent.forEach((value, name) => { if (changed.get(name) === value) changed.delete(name); });
      running = false;
      if (changed.size > 0) save();
    } catch {
      note.textContent = form.dataset.unsaved; // sent again with the next answer
      running = false;
    }
  }
  return { save };
}
