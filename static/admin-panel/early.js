// Runs before the first paint: theme and language of the page. It is not a module, so that nothing flashes; it knows
// neither the server nor the person.
(() => {
  const root = document.documentElement;
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage may be shut off; the system's choice stands
    }
  };
  const theme = kept("panel.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const wanted = kept("panel.lang") ?? kept("panel.lang.me") ?? navigator.language ?? "fr";
  root.lang = wanted.toLowerCase().startsWith("fr") ? "fr" : "en";
})();
