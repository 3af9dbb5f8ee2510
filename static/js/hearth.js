// Improves forms that already work. Each module binds to its own data attribute.
import { bindQuestionnaire } from "./check-up.js";
import { bindReveal } from "./reveal.js";
import { bindSlider } from "./slider.js";

const each = (selector, bind) => document.querySelectorAll(selector).forEach(bind);

each("[data-reveal]", bindReveal);
each("[data-slider]", bindSlider);
each("[data-questionnaire]", bindQuestionnaire);
each("[data-focus]", (summary) => summary.focus());
each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
