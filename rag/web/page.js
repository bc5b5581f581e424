// A click on a citation's marker shows its sentence: the turn's evidence, scrolled to the mark, and both light up.
(() => {
  const light = (marker, mark) => {
    document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
    marker.classList.add("lit");
    mark.classList.add("lit");
  };

  const open = (mark) => {
    document.querySelectorAll("#panel .turn").forEach((turn) => turn.classList.toggle("open", turn.contains(mark)));
    const text = mark.closest(".text");
    const gap = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += gap - text.clientHeight / 3;
    mark.closest(".card").scrollIntoView({ block: "nearest", behavior: "instant" });
  };

  document.addEventListener("click", (event) => {
    const marker = event.target.closest?.("a.cite");
    if (!marker) return;
    const mark = document.getElementById(marker.getAttribute("href").slice(1));
    if (!mark) return;
    event.preventDefault();
    open(mark);
    light(marker, mark);
  });

  // New evidence: its own turn is shown, each card scrolled to its first mark.
  const settle = () => {
    const last = [...document.querySelectorAll("#panel .turn")].at(-1);
    if (!last || last.dataset.settled) return;
    last.dataset.settled = "yes";
    document.querySelectorAll("#panel .turn").forEach((turn) => turn.classList.toggle("open", turn === last));
    [...last.querySelectorAll(".card")].reverse().forEach((card) => open(card.querySelector("mark")));
    document.getElementById("panel").scrollTop = 0;
  };

  const start = () => {
    document.documentElement.lang = navigator.language.startsWith("de") ? "de" : "en";
    new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
  };

  // Gradio may run this before or after the body is there.
  document.body ? start() : document.addEventListener("DOMContentLoaded", start);
})();
