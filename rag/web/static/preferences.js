// Before anything is drawn: the language and the look that were chosen here, in place of the browser's.
(() => {
  const chosen = document.cookie.match(/(?:^|;\s*)beleg_language=(de|en)(?:;|$)/)?.[1];
  if (chosen) {
    Object.defineProperty(navigator, "language", { get: () => chosen });
    Object.defineProperty(navigator, "languages", { get: () => [chosen] });
  }
  document.documentElement.lang = navigator.language.startsWith("de") ? "de" : "en";

  const kept = (key, otherwise) => {
    try { return localStorage.getItem(key) ?? otherwise; } catch { return otherwise; }
  };
  const keep = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* it holds until the page is closed */ }
  };
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  // Gradio reads the look from the address when it starts; later it is the body's class.
  const dress = (look) => {
    const dark = look === "dark" || (look !== "light" && system.matches);
    document.documentElement.classList.toggle("dark", dark);
    document.body?.classList.toggle("dark", dark);
    const address = new URL(location.href);
    if (look === "system") address.searchParams.delete("__theme");
    else address.searchParams.set("__theme", look);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };
  const look = () => kept("beleg-look", "system");
  system.addEventListener("change", () => dress(look()));
  dress(look());

  window.beleg = {
    kept,
    keep,
    look,
    wear: (look) => { keep("beleg-look", look); dress(look); },
    speak: (language) => {
      document.cookie = `beleg_language=${language}; Path=/; Max-Age=34560000; SameSite=Lax`;
      location.reload();
    },
  };
})();
