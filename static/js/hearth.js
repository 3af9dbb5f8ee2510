// Improves forms that already work. Each module binds to its own data attribute.
import { bindChat } from "./chat.js";
import { bindQuestionnaire } from "./check-up.js";
import { bindReveal } from "./reveal.js";
import { bindSlider } from "./slider.js";

const each = (selector, bind) => document.querySelectorAll(selector).forEach(bind);

each("[data-chat]", bindChat);
each("[data-reveal]", bindReveal);
each("[data-slider]", bindSlider);
each("[data-questionnaire]", bindQuestionnaire);
each("[data-focus]", (summary) => summary.focus());
// Prevents submitting a form again while the first request is running.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 5000); // the first may have been cancelled
});
window.addEventListener("pageshow", () => each("form[data-sent]", (form) => delete form.dataset.sent));

// Scrolls a navigation bar to the current link.
each(".site-nav [aria-current], .subnav [aria-current]", (link) => {
  const strip = link.closest("ul");
  const [place, all] = [link.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += place.left - all.left - (all.width - place.width) / 2;
});

each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
