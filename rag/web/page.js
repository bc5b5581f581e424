// A click on a citation's marker shows its sentence: the turn's evidence, scrolled to the mark, and both light up.
// A new answer and its evidence come into view by themselves, and what was lit for an earlier one goes out.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const putOut = () => all(".lit").forEach((element) => element.classList.remove("lit"));

  const open = (turn) => all("#panel .turn").forEach((other) => other.classList.toggle("open", other === turn));

  // Within the article's own box: scrollIntoView would move the window as well, away from the answer.
  const turnTo = (mark) => {
    const text = mark.closest(".text");
    const gap = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += gap - text.clientHeight / 3;
  };

  const bringIntoView = (element) => element?.scrollIntoView({ block: "nearest", behavior: "instant" });

  document.addEventListener("click", (event) => {
    const marker = event.target.closest?.("a.cite");
    if (!marker) return;
    const mark = document.getElementById(marker.getAttribute("href").slice(1))?.closest("mark");
    if (!mark) return;
    event.preventDefault();
    open(mark.closest(".turn"));
    turnTo(mark);
    bringIntoView(mark.closest(".card"));
    putOut();
    [marker, mark].forEach((element) => element.classList.add("lit"));
  });

  const isNew = (element) => {
    if (!element || element.dataset.settled) return false;
    element.dataset.settled = "yes";
    return true;
  };

  const settle = () => {
    const answer = all("#chat .answer, #chat .abstained, #chat .fact-check").at(-1);
    if (isNew(answer)) {
      putOut();
      // The question too where there is room for both.
      bringIntoView(all("#chat .question").at(-1));
      bringIntoView(answer);
    }
    const turn = all("#panel .turn").at(-1);
    if (isNew(turn)) {
      open(turn);
      all(".card", turn).forEach((card) => turnTo(card.querySelector("mark")));
      document.getElementById("panel").scrollTop = 0;
    }
  };

  const start = () => {
    document.documentElement.lang = navigator.language.startsWith("de") ? "de" : "en";
    new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
  };

  // Gradio may run this before or after the body is there.
  document.body ? start() : document.addEventListener("DOMContentLoaded", start);
})();
